# Sourced by the scripts beside it: what the machine's own package manager has to give, and who may ask it.
# need WHAT DEBIAN FEDORA HOMEBREW
#   Installs the Debian packages where that is possible without a password; says what to type where it is not, and fails.

say() { printf 'hefte: %s\n' "$*" >&2; }

need() {
  local what=$1 debian=$2 fedora=$3 homebrew=$4
  if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then
      say "$what is missing: installing $debian"
      install_debian "$debian"
      return
    fi
    say "$what is missing. Type: sudo apt-get install $debian"
  elif command -v dnf >/dev/null; then
    say "$what is missing. Type: sudo dnf install $fedora"
  elif command -v brew >/dev/null; then
    say "$what is missing. Type: brew install $homebrew"
  else
    say "$what is missing: install it with the system's package manager (Debian calls it: $debian)"
  fi
  return 4
}

install_debian() {
  # A new machine has no list of packages, or an old one that names versions which are gone.
  # shellcheck disable=SC2086 # several packages in one word
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $1; } >&2
}
