#!/bin/bash
# Takes the pictures of README and docs: makes a small shop in a temporary folder, serves it, and photographs its pages.
# Usage: docs/screenshots.sh [FOLDER]      (default docs/images; needs Chromium; CVM=... names another cvm to run)
set -euo pipefail
cd "$(dirname "$0")/.."

into=${1:-docs/images}
browser=${CHROMIUM:-/usr/bin/chromium}
cvm=${CVM:-dotnet run --project src/Cvm.Local --}
url=http://127.0.0.1:${PORT:-5187}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

[ -x "$browser" ] || { echo "There is no browser at $browser: apt-get install chromium, or name one in CHROMIUM." >&2; exit 2; }
mkdir -p "$into"
$cvm demo --customers 300 --days 300 --seed 7 --data "$work/shop" --no-serve >/dev/null
$cvm serve --data "$work/shop" --url "$url" >/dev/null 2>&1 &
server=$!
for _ in $(seq 120); do curl -sf "$url/" >/dev/null && break; sleep 0.5; done

# A page, where it is there: name, address, light or dark, window. A page that has not landed takes no picture.
take() {
  curl -sf -o /dev/null "$url$2" || return 0
  local scheme=1; [ "$3" = dark ] && scheme=0
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
    --hide-scrollbars --lang=en --user-data-dir="$work/browser-$1" --blink-settings=preferredColorScheme=$scheme --window-size="$4" --screenshot="$into/$1.png" "$url$2" >/dev/null 2>&1
  echo "$into/$1.png"
}

# Somebody who has lived through something: the customer of a complaint, and a branch on their timeline.
customer=$(curl -sf "$url/customers" | grep -o '/customers/[A-Za-z0-9-]*"' | head -1 | tr -d '"')
line=$(curl -sf "$url$customer" | tr '<' '\n' | grep -a -A3 -E 'Took the way|Entered' | grep -o '/explain?line=[0-9]*' | head -1 || true)

chinese='?lang=zh-CN'; [ -z "$line" ] || chinese='&lang=zh-CN'

take overview / light 1280,960
take overview-dark / dark 1280,960
take journey /journeys/win-back light 1280,1500
take customer "$customer" light 1280,1400
take explain "$customer/explain${line#/explain}" light 1280,760
take explain-zh "$customer/explain${line#/explain}${chinese}" dark 1280,760
take satisfaction /satisfaction light 1280,1100
take dashboard /dashboard light 1280,1100
take proof /proof light 1280,1000
take pivot /pivot light 1280,900
take editor /journeys/win-back/edit light 1280,1000
take segments-phone /segments dark 430,1200
