"""Renderers turn a laid-out book into the bytes of an edition. Importing this first keeps the system's fonts out."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

# Before WeasyPrint loads fontconfig, which reads its configuration once: see fonts.conf.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
# WeasyPrint warns, when it is imported, that there are no system fonts. That is what we want.
warnings.filterwarnings("ignore", "No fonts configured in FontConfig", UserWarning)
