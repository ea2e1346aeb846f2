# What the payments service runs on. `terraform_data` is built into Terraform: this works without a provider, an account or a network.

variable "cidr" {
  default = "10.0.0.0/16"
}

resource "terraform_data" "network" {
  input            = var.cidr
  triggers_replace = var.cidr
}

# The books. Nobody deletes this by accident.
resource "terraform_data" "ledger_database" {
  input = { name = "payments-ledger", network = terraform_data.network.id }

  lifecycle {
    prevent_destroy = true
  }
}

resource "terraform_data" "service" {
  count = 2
  input = { name = "payments-${count.index}", network = terraform_data.network.id }
}

resource "terraform_data" "reports" {
  input = { reads = "payments-ledger", network = terraform_data.network.id }
}
