import { commonTool } from './cli/common-tool';

/** Orchestrators of data pipelines. */
export const orchestration = commonTool({
  names: ['confd', 'astro', 'meltano', 'dagster', 'prefect', 'airflow'],
  provider: 'orchestration', source: 'Airflow, Prefect, Astro and Dagster CLI references',
  commands: `
    db reset,clean,downgrade,drop-archived        | destroy data-loss
    dags delete,pause                             | destroy data-loss
    variables delete                              | destroy data-loss
    connections delete                            | destroy data-loss
    pools delete                                  | destroy data-loss
    users delete                                  | destroy data-loss
    deployment delete                             | destroy data-loss
    work-pool delete                              | destroy data-loss
    flow delete                                   | destroy data-loss
    block delete                                  | destroy data-loss
    server database reset                         | destroy data-loss
    workspace delete                              | destroy data-loss
    roles delete                                  | destroy data-loss
    tasks clear                                   | destroy data-loss
    work-queue delete                             | destroy data-loss
    flow-run delete                               | destroy data-loss
    asset wipe                                    | destroy data-loss
    run wipe                                      | destroy data-loss
    schedule wipe                                 | destroy data-loss
    environment delete                            | destroy data-loss
    dags list,show,state,report,details,list-runs | read
    tasks list,state,test,render                  | read
    db check,shell                                | read
    variables list,get,export                     | read
    connections list,get,export                   | read
    version,info,cheat-sheet,scheduler,webserver,standalone,worker,triggerer | read
    login,logout                                  | read
    config *                                      | read
    users list                                    | read
    pools list,get                                | read
    dev *                                         | read
    deployment ls,list,inspect                    | read
    flow ls                                       | read
    work-pool ls,inspect                          | read
    celery *                                      | read
    server start                                  | read
    providers *                                   | read
    jobs *                                        | read
    flow-run ls,inspect,logs                      | read
    block ls                                      | read
    dags trigger,backfill,unpause                 | add
    db init,migrate,upgrade                       | add
    variables set,import                          | add
    connections add,import                        | add
    users create                                  | add
    pools set,import                              | add
    deployment run,build,apply,create             | add
    init,deploy,serve                             | add
    work-pool create                              | add
    agent start                                   | add
    tasks run                                     | add
    roles create                                  | add
    dags next-execution,reserialize               | change
    users add-role,remove-role,reset-password     | change
    sync-perm                                     | change
    deployment pause,resume,update                | change
    work-pool pause,resume,update                 | change
    flow-run cancel                               | change
  `,
});
