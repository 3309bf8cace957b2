#!/usr/bin/env bash
# A week of the provider on the command line: users, a field, a hold, a retention policy that is taken back, a conflict between two
# locations, an erasure, the audit, and a backup that is restored. Run it in the project's folder after `npm ci`: docs/week.sh
#
# It starts two locations of its own at REGISTRY_PORT (8101) and the next port, with a temporary data folder. A day of the retention policy
# lasts a second, and the audit is sealed after five. It ends with an error if a step does not do what its comment says.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/node_modules/.bin:$PATH

folder=$(mktemp -d)
export REGISTRY_PORT=${REGISTRY_PORT:-8101} REGISTRY_LOCATIONS=2 REGISTRY_SAMPLE=0
export REGISTRY_DAY_SECONDS=1 REGISTRY_PURGE_WAIT=3600 REGISTRY_SEAL_AFTER=5
export REGISTRY_URL=http://127.0.0.1:$REGISTRY_PORT
other_url=http://127.0.0.1:$((REGISTRY_PORT + 1))
unset REGISTRY_TOKEN

server=
stop() {
  [ -z "$server" ] || { kill "$server" && wait "$server" || true; }
  server=
}
start() {
  export REGISTRY_DATA=$1
  node local/main.ts > "$1.log" 2>&1 &
  server=$!
  until grep -q '^ready' "$1.log"; do
    kill -0 "$server" 2> /dev/null || { cat "$1.log"; exit 1; }
    sleep 0.2
  done
}
trap 'stop; rm -rf "$folder"' EXIT
trap 'echo "failed in line $LINENO: $BASH_COMMAND" >&2' ERR

registry() { node cli/main.ts "$@"; }
as() { # as USER COMMAND …
  local user=$1
  shift
  REGISTRY_USER=$user REGISTRY_PASSWORD="$(cat "$folder/$user.password")" registry "$@"
}
member() { node -p "JSON.parse(fs.readFileSync(0, 'utf8')).$1"; } # a member of the JSON on standard input
check() { [ "$1" = "$2" ] || { echo "expected: $2, got: $1" >&2; return 1; }; }
eventually() { # repeats a command for at most 30 seconds until it succeeds
  for _ in $(seq 60); do "$@" > /dev/null 2>&1 && return; sleep 0.5; done
  "$@"
}
found() { as grace search "$@" | grep -qi "${1%% *}"; }
day() { printf '\n== %s\n' "$*"; }

start "$folder/data"

day 'Monday: users'
# The demo provider adds a provider and two agents. Each replaces the one-time password, which is shown once.
add_user() { # add_user NAME ROLE
  local once
  once=$(REGISTRY_USER=provider REGISTRY_PASSWORD=provider registry users add "$1" --role "$2" --json | member password)
  printf 'The-%s-password-1' "$1" > "$folder/$1.password"
  registry token --user "$1" --password "$once" --new-password "$(cat "$folder/$1.password")" > /dev/null
}
add_user ada provider
add_user grace agent
add_user alan agent
as ada users list

day 'Tuesday: customers, and a field that the provider authorises'
as grace fields request branch --type text --searchable
as ada fields authorise branch
amina=$(as grace create --surname Okonkwo --given-name Amina --dob 1984-03-09 --detail branch=Lagos --json | member id)
bruno=$(as grace create --surname Ferreira --given-name Bruno --dob 1971-11-30 --document-number 'PT 4711' --json | member id)
chiara=$(as alan create --surname Bianchi --given-name Chiara --dob 1990-06-01 --json | member id)
as grace update "$amina" --surname Okonkwo-Bell --note 'marriage certificate'
as grace history "$amina"
eventually found 'okonkwo bell'

day 'Wednesday: a hold, and a retention policy that is taken back'
as ada hold "$bruno" --reason 'a court asked'
as ada holds
sleep 2
as ada retention policy --types PERSON=1 --yes
as ada retention run --dry-run --list
run=$(as ada retention run --yes --json | member id)
check "$(as ada get "$chiara" --json | member state)" expired
check "$(as ada get "$bruno" --json | member state)" active # held
as ada retention policy --types PERSON=default --days 36500
as ada retention cancel --run "$run"
check "$(as ada get "$chiara" --json | member state)" active
as ada retention policy

day 'Thursday: a conflict between two locations, and an erasure'
# Both locations change one field while they are cut off from each other. The later change holds until the provider decides.
eventually registry get "$amina" --url "$other_url" --user ada --password "$(cat "$folder/ada.password")"
npm run -s locations -- cut loc2
as alan update "$amina" --document-number 'NG 100'
as grace update "$amina" --document-number 'NG 200' --url "$other_url"
npm run -s locations -- heal loc2
has_conflict() { as ada conflicts --json | grep -q "$amina"; }
eventually has_conflict
as ada conflicts
conflict=$(as ada conflicts --json | member 'items[0].id')
as ada conflicts reverse "$conflict" --note 'the passport shows 100'
check "$(as ada get "$amina" --json | member document_number)" 'NG 100'

# Chiara asks to be erased. Until both locations have acknowledged it, `erase` exits with 2; then anyone can verify the certificate.
as ada erase "$chiara" --yes || check $? 2
eventually as ada erase "$chiara" --yes
as ada erase "$chiara" --yes --json | member certificate > "$folder/certificate"
registry verify certificate "$(cat "$folder/certificate")"
changed=$(tr 'A-Za-z' 'B-ZAb-za' < "$folder/certificate")
registry verify certificate "$changed" && exit 1 || check $? 2

day 'Friday: who looked at her?'
as alan get "$amina" > /dev/null
as ada audit --shown "$amina"
check "$(as ada audit --shown "$amina" --actor alan --action getCustomer --json | member items.length)" 1
as ada audit --asked 'okonkwo bell'
as ada users change alan --disable
as alan list && exit 1 || check $? 1
is_sealed() { as ada audit verify --json | grep -Eq '"seals": ?[1-9]'; }
eventually is_sealed
as ada audit verify
as ada report

day 'Saturday: a backup, restored into an empty folder'
npm run -s backup -- "$folder/registry.tar.gz"
record() { # record FILE: the history of a customer, and the audit of the week
  as ada history "$amina" --json > "$1.history"
  as ada audit --to "$backed_up" --format ndjson > "$1.audit"
}
backed_up=$(date -u +%Y-%m-%dT%H:%M:%SZ)
record "$folder/before"
stop
export REGISTRY_DATA=$folder/restored
npm run -s backup:restore -- "$folder/registry.tar.gz"
start "$folder/restored"
record "$folder/after"
cmp "$folder/before.history" "$folder/after.history"
cmp "$folder/before.audit" "$folder/after.audit"
as ada audit verify
printf '\nThe week is over: everything was as expected.\n'
