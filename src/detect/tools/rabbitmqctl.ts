import { commandTool } from './cli/command-tool';

/** rabbitmqctl, rabbitmqadmin, rabbitmq-plugins. */
export const rabbitmqctl = commandTool({
names: ['rabbitmqctl', 'rabbitmqadmin', 'rabbitmq-plugins', 'rabbitmq-queues', 'rabbitmq-upgrade'], provider: 'rabbitmq', source: 'RabbitMQ documentation, "rabbitmqctl(8)", "Management Command Line Tool"',
  valued: '-n --node -t --timeout -p --vhost --erlang-cookie --formatter -H --host -P --port -u --username --password -V -c --config -N --format -f -s --ssl-ca-cert-file --priority --apply-to --reason --max-length', flags: '-q --quiet -s --silent -l --longnames --force --if-empty --if-unused --online --offline --dry-run', harmless: '--dry-run', guards: '--force', where: { node: '-n --node', vhost: '-p --vhost -V', host: '-H --host' },
  commands: `
read status; cluster_status; environment; report; list; show; export; ping; version; eval +--help; authenticate_user; list_*; check_running; node_health_check; await_startup; await_online_nodes; help; list_queues; list_users; list_vhosts; list_exchanges; list_bindings; list_connections; list_channels; list_consumers; list_permissions; list_policies; list_parameters; list_user_permissions; list_feature_flags; list_hashes; list_ciphers; export_definitions; schema_info; check_if_any_deprecated_features_are_used; directories; is_enabled
add add_user; add_vhost; declare; publish; import_definitions; import; start_app; join_cluster; set_permissions; set_user_tags; set_policy; set_parameter; enable; get; enable_feature_flag; set; wait; trace_on; set_vm_memory_high_watermark
mod change_password; set_*; rename_cluster_node; sync_queue; cancel_sync_queue; update_cluster_nodes; encode; decode; rotate_logs; hipe_compile; force_gc; set_cluster_name; trace_off; set_log_level; set_topic_permissions; set_vhost_limits; set_user_limits; set_global_parameter; set_operator_policy; set_disk_free_limit; await; suspend_listener +--help; set_permissions_globally; rebalance; add_member; grow
ask eval; eval_file; exec
kill:data purge_queue; delete_queue; delete; purge; delete_vhost; reset; force_reset; force_boot; delete_member; shrink ~gone
kill:out stop; stop_app; shutdown; restart_vhost; close_connection; close_all_connections; close; close_all_user_connections; suspend_listener; suspend_all_listeners; forget_cluster_node; drain; disable; delete_shovel; restart_shovel; revive
kill:access delete_user; clear_permissions; clear_password; clear_topic_permissions; delete_super_stream
kill:guard clear_policy; clear_operator_policy; clear_parameter; clear_global_parameter; clear_vhost_limits; clear_user_limits; deactivate_free_disk_space_monitoring`,
  otherwise: 'quiet',
});
