"""Removes what the load test left behind."""
import subprocess

import boto3

dynamodb = boto3.client("dynamodb")
PREFIX = "payments-"


def main(environment: str) -> None:
    for name in ("orders", "refunds"):
        dynamodb.delete_table(TableName=f"{PREFIX}{environment}-{name}")
    subprocess.run(["terraform", "destroy", "-auto-approve"], check=True)


if __name__ == "__main__":
    main("loadtest")
