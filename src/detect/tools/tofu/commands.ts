import { terraformLike } from '../terraform/commands';

/** OpenTofu: Terraform's grammar and commands. Source: OpenTofu documentation, "Basic CLI Features". */
export const tofu = terraformLike(['tofu', 'opentofu'], 'opentofu');
