#!/usr/bin/env bash
# Deploys the payments stack: ./payments/deploy.sh [prod|staging]
set -euo pipefail
cd "$(dirname "$0")"

env="${1:-staging}"
stack="payments-$env"

aws cloudformation deploy \
  --stack-name "$stack" \
  --template-file template.yaml \
  --parameter-overrides "Env=$env" \
  --capabilities CAPABILITY_IAM \
  --no-fail-on-empty-changeset

aws cloudformation describe-stacks \
  --stack-name "$stack" \
  --query 'Stacks[0].[StackName,StackStatus]' \
  --output text
