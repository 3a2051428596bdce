#!/bin/sh
# Installs Datumaro, with its command line, where run.sh looks for it. Where PyPI cannot be reached the example is skipped: `conform` then says that the tool could not be started.
set -e
home="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/datumaro"
python3 -m venv "$home"
"$home/bin/pip" install --quiet "datumaro[cli]==1.13.12"
