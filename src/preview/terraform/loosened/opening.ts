import { joined, whole } from './expression';
import { off, type Meaning } from './meaning';

const OPEN: readonly Meaning[] = [
  {
    names: joined(
      '^(?:\\w+_)?(?:publicly_accessible|is_public|is_publicly_accessible|public_access(?:_enabled)?|',
      'public_network_(?:access|enabled)\\w*|enable_public_\\w+|endpoint_public_access|allow_\\w*public\\w*|',
      'public_connectivity|associate_public_ip_address|assign_public_ip|auto_assign_public_ips|',
      'map_public_ip_on_launch|create_public_ip|enable_internet_access|direct_internet_access|',
      'public_ip_enabled|public_fqdn_enabled|anonymous_\\w*enabled|allow_(?:anonymous|unauthenticated)\\w*|',
      'unauthenticated|allow_external_principals|public)$',
    ),
    change: 'on', effect: 'exposure', says: 'it can be reached from the internet, or by everybody',
    source: 'hashicorp/aws, publicly_accessible, aws_eks_cluster vpc_config; '
      + 'hashicorp/azurerm, public_network_access_enabled, allow_nested_items_to_be_public',
  },
  {
    names: /^ipv4_enabled$/,
    under: /ip_configuration$/, change: 'on', effect: 'exposure', says: 'it gets an address on the internet',
    source: 'hashicorp/google, google_sql_database_instance',
  },
  {
    names: whole(
      'block_public_\\w+|ignore_public_acls|restrict_public_buckets|uniform_bucket_level_access',
      'private_cluster_enabled|enable_private_(?:nodes|endpoint)|disable_execute_api_endpoint',
    ),
    change: 'off', effect: 'exposure', says: 'what it kept out may come in',
    source: 'hashicorp/aws, aws_s3_bucket_public_access_block; hashicorp/google, google_storage_bucket, google_container_cluster',
  },
  {
    names: /^public_access_prevention$/,
    change: 'leaves', values: /^enforced$/i, effect: 'exposure', says: 'what is in it may become public',
    source: 'hashicorp/google, google_storage_bucket',
  },
  {
    names: /^(?:acl|canned_acl|default_acl|predefined_acl|container_access_type|access_control)$/,
    change: 'becomes', values: /^(?:public-?read(?:-?write)?|authenticated-?read|blob|container)$/i, effect: 'exposure',
    says: 'everybody can read it',
    source: 'hashicorp/aws, aws_s3_bucket_acl; hashicorp/azurerm, azurerm_storage_container',
  },
  {
    names: /^uri$/,
    under: /grantee$/, change: 'becomes', values: /\/(?:AllUsers|AuthenticatedUsers)$/, effect: 'exposure',
    says: 'everybody gets what it grants',
    source: 'hashicorp/aws, aws_s3_bucket_acl grantee',
  },
  {
    names: /^default_action$/,
    change: 'becomes', values: /^allow$/i, effect: 'exposure', says: 'whoever no rule blocks gets in',
    source: 'hashicorp/azurerm, network_rules, network_acls',
  },
  {
    names: /^visibility$/,
    types: /repository|project/, change: 'becomes', values: /^public$/i, effect: 'exposure', says: 'everybody can read it',
    source: 'integrations/github, github_repository',
  },
  {
    names: /^ingress$/,
    change: 'becomes', values: /INGRESS_TRAFFIC_ALL|^all$/i, effect: 'exposure', says: 'it is reached from the internet',
    source: 'hashicorp/google, google_cloud_run_v2_service',
  },
  {
    names: /^(?:members?|entity|role_entity|principals?|default_acl)$/,
    change: 'becomes', values: /(?:^|[:/])all(?:Authenticated)?Users$|^\*$|^READER:all/, effect: 'exposure',
    says: 'everybody gets these rights',
    source: 'hashicorp/google, *_iam_binding, google_storage_bucket_acl; hashicorp/aws, aws_lambda_permission',
  },
  {
    names: whole(
      'https_only|\\w*https_traffic_only\\w*|require_(?:ssl|tls|encryption|secure_transport|auth\\w*)',
      'ssl_enforcement_enabled|enable_ssl|tls_enabled|enforce_https|transit_encryption_enabled',
      'iam_database_authentication_enabled|iam_auth_enabled|auth_enabled|authentication_enabled',
      'client_cert(?:ificate)?_enabled|user_authorization_required|api_key_required|node_to_node_encryption\\w*',
      '\\w*role_based_access_control\\w*|rbac_enabled|server_side_token_check|local_account_disabled',
      'local_auth(?:entication)?_disabled|in_transit_encryption|encrypt_in_transit',
    ),
    change: 'off', effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/azurerm, https_only, azurerm_kubernetes_cluster; hashicorp/aws, transit_encryption_enabled; '
      + 'hashicorp/google, google_redis_instance auth_enabled',
  },
  {
    names: /^enabled$/,

    under: joined(
      '(?:node_to_node_encryption|auth_settings\\w*|client_authentication\\.\\w+|advanced_security_options|',
      'encryption_in_transit|iam|scram|binary_authorization)$',
    ),
    change: 'off', effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/aws, aws_opensearch_domain; hashicorp/azurerm, auth_settings',
  },
  {
    names: whole(
      'disable_ssl|insecure\\w*|skip_tls\\w*|allow_(?:insecure|clear_text|http)\\w*|http_allowed',
      'encryption_disabled|insecure_ssl|shared_access_key_enabled|admin_enabled|enable_non_ssl_port',
      'non_ssl_port_enabled',
    ),
    change: 'on', effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/azurerm, azurerm_redis_cache, azurerm_container_registry; kubernetes ingress annotations',
  },
  {
    names: whole('auth_type|authorization_type|authorization|authentication_type|function_url_auth_type|client_auth\\w*'),
    change: 'becomes', values: /^(?:none|open|anonymous|disabled)$/i, effect: 'exposure', says: 'everybody may call it',
    source: 'hashicorp/aws, aws_lambda_function_url, aws_api_gateway_method',
  },
  {
    names: whole(
      'mfa_configuration|mfa_delete|http_tokens|ssl_mode|transit_encryption_mode|client_broker',
      'viewer_protocol_policy|https_policy|origin_protocol_policy',
    ),
    change: 'leaves',
    values: /^(?:on|enabled|required|ENCRYPTED_ONLY|TRUSTED_CLIENT_CERTIFICATE_REQUIRED|TLS|https-only|redirect-to-https)$/i,
    effect: 'exposure', says: 'who comes in, or what is on the way, is less guarded',
    source: 'hashicorp/aws, aws_cognito_user_pool, aws_instance metadata_options, aws_msk_cluster, aws_cloudfront_distribution; '
      + 'hashicorp/google, google_sql_database_instance',
  },
  {
    names: joined(
      '^(?:\\w+_)?(?:min(?:imum)?_tls_version|min(?:imum)?_protocol_version|tls_security_policy|ssl_policy|',
      'security_policy|security_policy_name|tls_policy|ssl_minimal_tls_version\\w*|min_tls)$',
    ),
    change: 'older', effect: 'exposure', says: 'older encryption is let in',
    source: 'hashicorp/azurerm, min_tls_version; hashicorp/aws, aws_lb_listener ssl_policy, aws_cloudfront_distribution',
  },
  {
    names: /^(?:privileged|host_network|host_pid|host_ipc)$/,
    types: /^kubernetes_/, change: 'on', effect: 'exposure', says: 'its pods own their node',
    source: 'hashicorp/kubernetes, kubernetes_deployment',
  },
  {
    names: /^type$/,
    under: /^spec$/, types: /^kubernetes_service/, change: 'becomes', values: /^(?:LoadBalancer|NodePort)$/, effect: 'exposure',
    says: 'it is reached from outside the cluster',
    source: 'hashicorp/kubernetes, kubernetes_service',
  },
  {
    names: /^(?:verbs|resources|api_groups|non_resource_urls)$/,
    under: /rule$/, types: /^kubernetes_/, change: 'becomes', values: /^\*$/, effect: 'exposure',
    says: 'it gives every right there is',
    source: 'hashicorp/kubernetes, kubernetes_cluster_role',
  },
  {
    names: /^name$/,
    under: /subject$/, types: /^kubernetes_/, change: 'becomes',
    values: /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/, effect: 'exposure',
    says: 'everybody gets these rights',
    source: 'hashicorp/kubernetes, kubernetes_cluster_role_binding',
  },
];

const RUNNING: readonly Meaning[] = [
  {
    names: whole(
      'desired_(?:count|capacity|size|instances|replicas)|replicas|min_replicas|max_replicas|replica_count',
      'max_size|max_count|max_capacity|max_node_count|total_max_node_count|node_count|num_nodes|instance_count',
      'max_instance_count|max_instances|num_instances|instances|target_size|capacity|worker_count|unit_count',
      'initial_node_count|reserved_concurrent_executions',
    ),
    change: 'zero', effect: 'outage', says: 'nothing of it runs any more',
    source: 'hashicorp/aws, aws_ecs_service, aws_eks_node_group scaling_config; hashicorp/google, google_container_node_pool; '
      + 'hashicorp/azurerm',
  },
  {
    names: /^(?:is_)?(?:disabled|suspend|suspended|paused|deactivated)$/,
    change: 'on', effect: off, says: 'it does nothing any more', computed: true,
    source: 'hashicorp/kubernetes, kubernetes_cron_job; hashicorp/google, google_service_account',
  },
  {
    names: /^(?:enabled|is_enabled|enable|active|is_active|account_enabled|service_enabled|status|state)$/,
    change: 'off', effect: off, says: 'what it did is not done any more', computed: true,
    source: 'hashicorp/aws, aws_kms_key, aws_cloudwatch_event_rule, aws_guardduty_detector; hashicorp/google; hashicorp/azurerm',
  },
];

/** Settings that let somebody in, or say whether something runs. */
export const OPENING: readonly Meaning[] = [...OPEN, ...RUNNING];
