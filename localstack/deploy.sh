#!/usr/bin/env bash
# Deploys the registry to the emulator at AWS_ENDPOINT_URL, in one region, and says where its API is. Its search index is in the OpenSearch
# at SEARCH_ENDPOINT, or nowhere. SAID_URL is the emulator as whoever reads this sees it.
set -euo pipefail

export AWS_ENDPOINT_URL=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_REGION=${AWS_REGION:-us-east-1}
export CDK_DISABLE_CLI_TELEMETRY=true

project=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -w "$project" ]; then
  # In a container the project is there to be read; what npm and the kit write goes elsewhere.
  mkdir -p /work
  tar --create --directory "$project" --exclude ./node_modules --exclude ./.git --exclude ./.data --exclude ./.venv --exclude ./cdk.out . |
    tar --extract --directory /work
  project=/work
fi
cd "$project"
[ -d node_modules ] || npm ci --no-fund --no-audit --loglevel=error

search='{"kind": "none"}'
[ -z "${SEARCH_ENDPOINT:-}" ] || search="{\"kind\": \"endpoint\", \"endpoints\": {\"$AWS_REGION\": \"$SEARCH_ENDPOINT\"}}"
context="{\"regions\": [\"$AWS_REGION\"], \"search\": $search, \"modules\": {\"page\": false}, \"target\": \"emulator\"}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

npx --no-install cdk bootstrap "aws://000000000000/$AWS_REGION" --context registry="$context" --output "$out"
npx --no-install cdk deploy --all --require-approval never --concurrency 2 --context registry="$context" --output "$out" --outputs-file "$out/outputs.json"
node_modules/.bin/node localstack/configure-functions.ts "$out/outputs.json" "${SAID_URL:-$AWS_ENDPOINT_URL}"
