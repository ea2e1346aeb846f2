import { commandTool } from './cli/command-tool';

/** rabbitmqctl, rabbitmqadmin, rabbitmq-plugins. */
export const rabbitmqctl = commandTool({
  names: ['rabbitmqctl', 'rabbitmqadmin', 'rabbitmq-plugins', 'rabbitmq-queues', 'rabbitmq-upgrade'], provider: 'rabbitmq',
  source: 'RabbitMQ documentation, "rabbitmqctl(8)", "Management Command Line Tool"',
  valued: `-n --node -t --timeout -p --vhost --erlang-cookie --formatter -H --host -P --port -u --username --password -V -c --config -N
    --format -f -s --ssl-ca-cert-file --priority --apply-to --reason --max-length`,
  flags: '-q --quiet -s --silent -l --longnames --force --if-empty --if-unused --online --offline --dry-run', harmless: '--dry-run',
  guards: '--force', where: { node: '-n --node', vhost: '-p --vhost -V', host: '-H --host' },
  commands: `
    status,cluster_status,environment,report,list,show,export,ping,version | read
    authenticate_user,list_*,check_running,node_health_check,await_startup | read
    await_online_nodes,help,list_queues,list_users,list_vhosts | read
    list_exchanges,list_bindings,list_connections,list_channels | read
    list_consumers,list_permissions,list_policies,list_parameters | read
    list_user_permissions,list_feature_flags,list_hashes,list_ciphers | read
    export_definitions,schema_info,check_if_any_deprecated_features_are_used | read
    directories,is_enabled                                | read
    eval +--help                                          | read
    add_user,add_vhost,declare,publish,import_definitions,import,start_app | add
    join_cluster,set_permissions,set_user_tags,set_policy,set_parameter | add
    enable,get,enable_feature_flag,set,wait,trace_on      | add
    set_vm_memory_high_watermark                          | add
    change_password,set_*,rename_cluster_node,sync_queue,cancel_sync_queue | change
    update_cluster_nodes,encode,decode,rotate_logs,hipe_compile,force_gc | change
    set_cluster_name,trace_off,set_log_level,set_topic_permissions | change
    set_vhost_limits,set_user_limits,set_global_parameter | change
    set_operator_policy,set_disk_free_limit,await,set_permissions_globally | change
    rebalance,add_member,grow                             | change
    suspend_listener +--help                              | change
    eval,eval_file,exec                                   | ask
    purge_queue,delete_queue,delete,purge,delete_vhost,reset,force_reset | destroy data-loss | irreversible
    force_boot,delete_member,shrink                       | destroy data-loss | irreversible
    stop,stop_app,shutdown,restart_vhost,close_connection | destroy outage
    close_all_connections,close,close_all_user_connections,suspend_listener | destroy outage
    suspend_all_listeners,forget_cluster_node,drain,disable,delete_shovel | destroy outage
    restart_shovel,revive                                 | destroy outage
    delete_user,clear_permissions,clear_password,clear_topic_permissions | destroy access-loss
    delete_super_stream                                   | destroy access-loss
    clear_policy,clear_operator_policy,clear_parameter    | destroy guard-removal
    clear_global_parameter,clear_vhost_limits,clear_user_limits | destroy guard-removal
    deactivate_free_disk_space_monitoring                 | destroy guard-removal
  `,
  otherwise: 'quiet',
});
