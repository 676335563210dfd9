#!/bin/bash
# A holder of key-encryption keys, spoken to by lines: vault.sh FOLDER WHO. Keys are handed in and
# stay; what is given out is a number. FOLDER/mode-WHO makes it misbehave.
cd "$1" || exit 1
wraps=0
while IFS=' ' read -r verb name bound given; do
  mode='' more=''
  [ -f "mode-$2" ] && read -r mode more < "mode-$2"
  [ "$verb" = wrap ] && wraps=$((wraps + 1))
  case $mode in
    hang) continue ;;
    hang-after) [ "$wraps" -gt "$more" ] && continue ;;
    die) exit 3 ;;
    rubbish) echo "good morning"; continue ;;
    refuse) echo "no"; continue ;;
    lie) echo "ok $more"; continue ;;
  esac
  answer=no
  case $verb in
    current) read -r current < current && answer="ok $current" ;;
    wrap)
      if [ -f "$name.kek" ]; then
        printf -v handle '%04x%04x%08d' $(($$ % 65536)) $RANDOM $wraps
        echo "$name $bound $given" > "$handle.held"
        answer="ok $handle"
      fi
      ;;
    unwrap)
      if [ -f "$name.kek" ] && read -r was at key < "$given.held" && [ "$was $at" = "$name $bound" ]; then
        answer="ok $key"
      fi
      ;;
  esac
  [ "$mode" = chatty ] && answer="$answer"$'\nok AAAA'
  echo "$answer"
done
