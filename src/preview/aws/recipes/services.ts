import { notKnown } from '../../../model';
import { data, type Entry } from '../entry';
import type { Held } from '../held';
import { at, isOn, listAt, numberAt, textAt, textsAt } from '../json';
import { count, counted, some, when } from '../words';
import { again, never, simple } from './simple';

/** What serves or watches: clusters, services, load balancers, groups, trails, certificates, APIs, accounts. */

const DOCS = 'https://docs.aws.amazon.com/';

/** Whether an ECS service is scaled to nothing. */
const stops = (held: Held): boolean => held.text('desired-count', 'desiredCount') === '0';
/** Whether an Auto Scaling group is scaled to nothing. */
const empties = (held: Held): boolean => held.text('max-size', 'MaxSize') === '0' || held.text('desired-capacity', 'DesiredCapacity') === '0';

const eksCluster = simple({
  source: `${DOCS}eks/latest/APIReference/API_DeleteCluster.html`, type: 'AWS::EKS::Cluster', noun: 'cluster',
  named: ['name', 'name'], main: (target) => ['eks', 'describe-cluster', '--name', target], missing: /^ResourceNotFoundException$/, path: ['cluster'], identity: ['arn', 'createdAt', 'deletionProtection'],
  more: ({ target }) => ({ nodes: { args: ['eks', 'list-nodegroups', '--cluster-name', target], what: `node groups of ${target}` } }),
  because: (one) => [`It is ${textAt(one, 'status') ?? 'in an unknown state'}, Kubernetes ${textAt(one, 'version') ?? 'of unknown version'}; what runs in it, and what it keeps in etcd, goes with it.`],
  users: (_one, answers, { target }) => textsAt(data(answers, 'nodes'), ['nodegroups']).map((name) => ({ id: `${target}/${name}`, type: 'AWS::EKS::Nodegroup', because: `It is a node group of ${target}.`, kind: 'owner' as const })),
  warnings: (one, answers) => [
    ...(isOn(one, 'deletionProtection') ? ['Deletion protection of this cluster is on: AWS refuses this call.'] : []),
    ...(textsAt(data(answers, 'nodes'), ['nodegroups']).length === 0 ? [] : [`It still has node groups (${some(textsAt(data(answers, 'nodes'), ['nodegroups']))}): AWS refuses to delete it.`]),
  ],
  outcome: 'lost', data: 'lost', reversibility: never('There is no way back: a new cluster has to be made and everything deployed into it; volumes and load balancers that it made stay behind.'),
  unknowns: [notKnown('dependents', 'the cluster', 'Which workloads run in it was not looked up. Look with kubectl get all --all-namespaces before you approve.')],
});

const nodegroup = simple({
  source: `${DOCS}eks/latest/APIReference/API_DeleteNodegroup.html`, type: 'AWS::EKS::Nodegroup', noun: 'node group', named: ['nodegroup-name', 'nodegroupName'], stackId: ({ held, target }) => `${held.text('cluster-name', 'clusterName') ?? ''}/${target}`,
  main: (target, held) => ['eks', 'describe-nodegroup', '--cluster-name', held.text('cluster-name', 'clusterName') ?? '', '--nodegroup-name', target], missing: /^ResourceNotFoundException$/, path: ['nodegroup'], identity: ['nodegroupArn', 'createdAt'],
  because: (one) => [`It has ${textAt(one, 'scalingConfig', 'desiredSize') ?? 'an unknown number of'} nodes; pods on them are moved where there is room.`],
  outcome: 'lost', data: 'none', reversibility: again('Make the node group again; the pods come back when their nodes do.'),
});

const service = (read: 'DeleteService' | 'UpdateService'): Entry => simple({
  source: `${DOCS}AmazonECS/latest/APIReference/API_${read}.html`, type: 'AWS::ECS::Service', noun: 'service', named: ['service', 'service'],
  ...(read === 'UpdateService' ? { action: 'modify' as const } : {}),
  main: (target, held) => ['ecs', 'describe-services', '--services', target, '--cluster', held.text('cluster', 'cluster') ?? 'default'], missing: /^(?:ClusterNotFoundException|ServiceNotFoundException)$/, path: ['services', 0], identity: ['serviceArn', 'createdAt', 'status'],
  because: (one, _answers, { held }) => [`${counted(numberAt(one, 'runningCount'), 'task')} run${numberAt(one, 'runningCount') === 1 ? 's' : ''} now, ${textAt(one, 'desiredCount') ?? 'an unknown number'} wanted${read === 'UpdateService' && held.text('desired-count', 'desiredCount') !== undefined ? `; ${held.text('desired-count', 'desiredCount')} afterwards` : ''}.`],
  users: (one, _answers, { target, held }) => listAt(one, 'loadBalancers').flatMap((balancer) => (textAt(balancer, 'targetGroupArn') === undefined ? [] : [{ id: textAt(balancer, 'targetGroupArn') ?? '', type: 'AWS::ElasticLoadBalancingV2::TargetGroup', because: `It sends traffic to ${target}.`, kind: 'target-group' as const, outcome: read === 'DeleteService' || stops(held) ? 'interrupted' as const : 'unchanged' as const }])),
  warnings: (one, _answers, { held, target }) => (textAt(one, 'status') === 'INACTIVE' ? [`${target} is inactive already.`] : read === 'DeleteService' && held.flag('force', 'force') !== true && (numberAt(one, 'desiredCount') ?? 0) > 0 ? [`${target} still wants ${counted(numberAt(one, 'desiredCount'), 'task')}: without --force AWS refuses to delete it.`] : []),
  outcome: ({ held }) => (read === 'DeleteService' ? 'lost' : stops(held) ? 'interrupted' : undefined), data: 'none', stackId: (_look, answers) => textAt(data(answers, 'main'), 'services', 0, 'serviceArn'),
  reversibility: (_look, one) => (read === 'UpdateService' ? { kind: 'reversible', how: `Set the count back: aws ecs update-service with --desired-count ${textAt(one, 'desiredCount') ?? 'N'}` } : { kind: 'recoverable', how: `Make the service again from its task definition ${(textAt(one, 'taskDefinition') ?? 'which is not named').replace(/^.*\//, '')}.` }),
});

const ecsCluster = simple({
  source: `${DOCS}AmazonECS/latest/APIReference/API_DeleteCluster.html`, type: 'AWS::ECS::Cluster', noun: 'cluster', named: ['cluster', 'cluster'],
  main: (target) => ['ecs', 'describe-clusters', '--clusters', target], path: ['clusters', 0], identity: ['clusterArn', 'status'],
  because: (one) => [`It has ${counted(numberAt(one, 'activeServicesCount'), 'active service')} and ${counted(numberAt(one, 'runningTasksCount'), 'running task')}.`],
  warnings: (one) => ((numberAt(one, 'activeServicesCount') ?? 0) + (numberAt(one, 'runningTasksCount') ?? 0) + (numberAt(one, 'registeredContainerInstancesCount') ?? 0) > 0 ? ['It is not empty: AWS refuses to delete it.'] : []),
  outcome: 'lost', data: 'none', reversibility: again('Make the cluster again, and its services in it.'),
});

const loadBalancer = simple({
  source: `${DOCS}elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html`, type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', noun: 'load balancer',
  main: (target) => ['elbv2', 'describe-load-balancers', '--load-balancer-arns', target], missing: /^LoadBalancerNotFound/, path: ['LoadBalancers', 0], identity: ['LoadBalancerArn', 'CreatedTime', 'DNSName'],
  more: ({ target }) => ({
    attributes: { args: ['elbv2', 'describe-load-balancer-attributes', '--load-balancer-arn', target], what: 'protection of the load balancer' },
    groups: { args: ['elbv2', 'describe-target-groups', '--load-balancer-arn', target], what: 'target groups behind it' },
    listeners: { args: ['elbv2', 'describe-listeners', '--load-balancer-arn', target], what: 'listeners of it' },
  }),
  because: (one, answers) => [
    `It is ${textAt(one, 'LoadBalancerName') ?? 'without a name'} (${textAt(one, 'Scheme') ?? 'unknown scheme'}) at ${textAt(one, 'DNSName') ?? 'an unknown address'}: names that point there stop working.`,
    ...(answers['listeners']?.kind === 'data' ? [`${count(listAt(data(answers, 'listeners'), 'Listeners').length, 'listener')} go with it.`] : []),
  ],
  users: (_one, answers) => textsAt(data(answers, 'groups'), ['TargetGroups'], 'TargetGroupArn').map((arn) => ({ id: arn, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', because: 'It gets its traffic from it.', kind: 'target-group' as const })),
  warnings: (_one, answers) => (listAt(data(answers, 'attributes'), 'Attributes').some((one) => textAt(one, 'Key') === 'deletion_protection.enabled' && textAt(one, 'Value') === 'true') ? ['Deletion protection of this load balancer is on: AWS refuses this call.'] : []),
  outcome: 'lost', data: 'none', reversibility: again('Make it again with its listeners and rules; it gets another address, so names have to be changed.'),
  unknowns: [notKnown('dependents', 'the load balancer', 'Which DNS names point to it was not looked up. Look for its address in Route 53 before you approve.')],
});

const targetGroup = simple({
  source: `${DOCS}elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html`, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', noun: 'target group',
  main: (target) => ['elbv2', 'describe-target-groups', '--target-group-arns', target], missing: /^TargetGroupNotFound/, path: ['TargetGroups', 0], identity: ['TargetGroupArn'],
  more: ({ target }) => ({ health: { args: ['elbv2', 'describe-target-health', '--target-group-arn', target], what: 'targets in it' } }),
  because: (_one, answers) => (answers['health']?.kind === 'data' ? [`It has ${count(listAt(data(answers, 'health'), 'TargetHealthDescriptions').length, 'target')}.`] : []),
  users: (one) => textsAt(one, ['LoadBalancerArns']).map((arn) => ({ id: arn, type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', because: 'It sends traffic there.', kind: 'target-group' as const })),
  warnings: (one) => (textsAt(one, ['LoadBalancerArns']).length === 0 ? [] : ['A load balancer uses it: AWS refuses to delete it while a listener or rule names it.']),
  outcome: 'lost', data: 'none', reversibility: again('Make it again and register its targets.'),
});

const scalingGroup = (read: 'DeleteAutoScalingGroup' | 'UpdateAutoScalingGroup'): Entry => simple({
  source: `${DOCS}autoscaling/ec2/APIReference/API_${read}.html`, type: 'AWS::AutoScaling::AutoScalingGroup', noun: 'Auto Scaling group', named: ['auto-scaling-group-name', 'AutoScalingGroupName'],
  ...(read === 'UpdateAutoScalingGroup' ? { action: 'modify' as const } : {}),
  main: (target) => ['autoscaling', 'describe-auto-scaling-groups', '--auto-scaling-group-names', target], path: ['AutoScalingGroups', 0], identity: ['AutoScalingGroupARN', 'CreatedTime', 'DeletionProtection'],
  because: (one, _answers, { held }) => [
    `It runs ${count(listAt(one, 'Instances').length, 'instance')} now (minimum ${textAt(one, 'MinSize') ?? '?'}, wanted ${textAt(one, 'DesiredCapacity') ?? '?'}, maximum ${textAt(one, 'MaxSize') ?? '?'})${read === 'UpdateAutoScalingGroup' ? `; afterwards ${some([['minimum', held.text('min-size', 'MinSize')], ['wanted', held.text('desired-capacity', 'DesiredCapacity')], ['maximum', held.text('max-size', 'MaxSize')]].flatMap(([word, value]) => (value === undefined ? [] : [`${word ?? ''} ${value}`]))) || 'as now'}` : ''}.`,
  ],
  users: (one, _answers, { target, held }) => [
    ...textsAt(one, ['Instances'], 'InstanceId').slice(0, 50).map((id) => ({
      id, type: 'AWS::EC2::Instance', because: `${target} runs it.`, kind: 'owner' as const,
      outcome: read === 'DeleteAutoScalingGroup' ? (held.flag('force-delete', 'ForceDelete') === true ? 'lost' as const : 'unchanged' as const) : empties(held) ? 'lost' as const : 'unknown' as const,
    })),
    ...textsAt(one, ['TargetGroupARNs']).map((arn) => ({ id: arn, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', because: `It gets its targets from ${target}.`, kind: 'target-group' as const, outcome: read === 'DeleteAutoScalingGroup' || empties(held) ? 'interrupted' as const : 'unchanged' as const })),
  ],
  warnings: (one, _answers, { held, target }) => (read === 'DeleteAutoScalingGroup' && held.flag('force-delete', 'ForceDelete') !== true && listAt(one, 'Instances').length > 0 ? [`${target} still runs instances: without --force-delete AWS refuses to delete it.`] : []),
  outcome: ({ held }) => (read === 'DeleteAutoScalingGroup' ? 'lost' : empties(held) ? 'interrupted' : undefined), data: read === 'DeleteAutoScalingGroup' ? 'none' : 'unknown',
  reversibility: (_look, one) => (read === 'DeleteAutoScalingGroup' ? { kind: 'recoverable', how: 'Make the group again from its launch template; its instances are new ones.' } : { kind: 'recoverable', how: `Set it back: --min-size ${textAt(one, 'MinSize') ?? 'N'} --desired-capacity ${textAt(one, 'DesiredCapacity') ?? 'N'} --max-size ${textAt(one, 'MaxSize') ?? 'N'}; the instances are new ones.` }),
});

const trail = (read: 'DeleteTrail' | 'StopLogging'): Entry => simple({
  source: `${DOCS}awscloudtrail/latest/APIReference/API_${read}.html`, type: 'AWS::CloudTrail::Trail', noun: 'trail', named: ['name', 'Name'],
  ...(read === 'StopLogging' ? { action: 'modify' as const } : {}),
  main: (target) => ['cloudtrail', 'get-trail', '--name', target], missing: /^TrailNotFoundException$/, path: ['Trail'], identity: ['TrailARN', 'S3BucketName'],
  more: ({ target }) => ({ status: { args: ['cloudtrail', 'get-trail-status', '--name', target], what: `whether ${target} logs now` } }),
  because: (one, answers) => [
    `It writes to bucket ${textAt(one, 'S3BucketName') ?? 'unknown'}${isOn(one, 'IsMultiRegionTrail') ? ' for all regions' : ''}${isOn(one, 'IsOrganizationTrail') ? ', for the whole organization' : ''}; files that are written stay.`,
    ...(answers['status']?.kind === 'data' ? [isOn(data(answers, 'status'), 'IsLogging') ? 'It is logging now.' : 'It is not logging now.'] : []),
    'What happens from then on is not recorded by it.',
  ],
  outcome: read === 'StopLogging' ? 'interrupted' : 'lost', data: 'kept', reversibility: ({ target }) => (read === 'StopLogging' ? { kind: 'reversible', how: `aws cloudtrail start-logging --name ${target}; what happened meanwhile is missing` } : { kind: 'recoverable', how: 'Make the trail again; what happened meanwhile is missing.' }),
});

const certificate = simple({
  source: `${DOCS}acm/latest/APIReference/API_DeleteCertificate.html`, type: 'AWS::CertificateManager::Certificate', noun: 'certificate',
  main: (target) => ['acm', 'describe-certificate', '--certificate-arn', target], missing: /^ResourceNotFoundException$/, path: ['Certificate'], identity: ['CertificateArn', 'Serial'],
  because: (one) => [`It is for ${some([textAt(one, 'DomainName') ?? 'an unknown name', ...textsAt(one, ['SubjectAlternativeNames']).filter((name) => name !== textAt(one, 'DomainName'))])}, ${textAt(one, 'Status') ?? 'status unknown'}${textAt(one, 'NotAfter') === undefined ? '' : `, valid until ${when(textAt(one, 'NotAfter') ?? '').slice(0, 10)}`}.`],
  users: (one) => textsAt(one, ['InUseBy']).map((arn) => ({ id: arn, type: arn.includes(':cloudfront:') ? 'AWS::CloudFront::Distribution' : arn.includes('loadbalancer') ? 'AWS::ElasticLoadBalancingV2::LoadBalancer' : 'user of the certificate', because: 'It uses the certificate.', kind: 'reference' as const, outcome: 'unchanged' as const })),
  warnings: (one) => (textsAt(one, ['InUseBy']).length === 0 ? [] : [`${count(textsAt(one, ['InUseBy']).length, 'resource')} use${textsAt(one, ['InUseBy']).length === 1 ? 's' : ''} it: AWS refuses to delete it.`]),
  outcome: 'lost', data: 'none', reversibility: again('Request it again and validate it again; an imported one has to be imported again.'),
});

const restApi = simple({
  source: `${DOCS}apigateway/latest/api/API_DeleteRestApi.html`, type: 'AWS::ApiGateway::RestApi', noun: 'REST API', named: ['rest-api-id', 'restApiId'],
  main: (target) => ['apigateway', 'get-rest-api', '--rest-api-id', target], missing: /^NotFoundException$/, path: [], identity: ['id', 'createdDate'],
  more: ({ target }) => ({ stages: { args: ['apigateway', 'get-stages', '--rest-api-id', target, '--query', 'item[].stageName'], what: `stages of ${target}` } }),
  because: (one, answers) => [`It is ${textAt(one, 'name') ?? 'without a name'}${textsAt(data(answers, 'stages'), []).length === 0 ? '' : ` with the stages ${some(textsAt(data(answers, 'stages'), []))}`}.`],
  outcome: 'lost', data: 'none', reversibility: again('Deploy it again from its source or an export; it gets another id and address: aws apigateway get-export tells it now.'),
});

const httpApi = simple({
  source: `${DOCS}apigatewayv2/latest/api-reference/apis-apiid.html`, type: 'AWS::ApiGatewayV2::Api', noun: 'API', named: ['api-id', 'ApiId'],
  main: (target) => ['apigatewayv2', 'get-api', '--api-id', target], missing: /^NotFoundException$/, path: [], identity: ['ApiId', 'CreatedDate'],
  because: (one) => [`It is ${textAt(one, 'Name') ?? 'without a name'} at ${textAt(one, 'ApiEndpoint') ?? 'an unknown address'}.`],
  outcome: 'lost', data: 'none', reversibility: again('Deploy it again from its source; it gets another id and address.'),
});

const distribution = simple({
  source: `${DOCS}cloudfront/latest/APIReference/API_DeleteDistribution.html`, type: 'AWS::CloudFront::Distribution', noun: 'distribution', named: ['id', 'Id'],
  main: (target) => ['cloudfront', 'get-distribution', '--id', target], missing: /^NoSuchDistribution$/, path: ['Distribution'], identity: ['ARN', 'DistributionConfig.CallerReference'],
  because: (one) => [`It serves ${some([textAt(one, 'DomainName') ?? 'an unknown address', ...textsAt(one, ['DistributionConfig', 'Aliases', 'Items'])])}.`],
  warnings: (one) => (at(one, 'DistributionConfig', 'Enabled') === true ? ['It is still enabled: AWS refuses to delete it.'] : []),
  outcome: 'lost', data: 'none', reversibility: again('Make it again from its settings; it gets another address: aws cloudfront get-distribution-config tells them now.'),
});

const account = simple({
  source: `${DOCS}organizations/latest/APIReference/API_CloseAccount.html`, type: 'AWS::Organizations::Account', noun: 'account', named: ['account-id', 'AccountId'],
  main: (target) => ['organizations', 'describe-account', '--account-id', target], missing: /^AccountNotFoundException$/, path: ['Account'], identity: ['Id', 'Arn', 'Status'],
  because: (one) => [`It is ${textAt(one, 'Name') ?? 'without a name'}, ${textAt(one, 'Status') ?? 'status unknown'}; everything in it stops.`],
  outcome: 'lost', data: 'lost', reversibility: () => ({ kind: 'recoverable', how: 'Ask AWS Support to open it again.', until: '90 days after it was closed' }),
  unknowns: [notKnown('data', 'the account', 'What runs in the account was not looked up. Look at its bill before you approve.')],
});

const leave: Entry = {
  source: `${DOCS}organizations/latest/APIReference/API_LeaveOrganization.html`, type: 'AWS::Organizations::Organization', noun: 'organization', stackId: null,
  targets: () => ['organization of this account'],
  stages: [() => ({ main: { args: ['organizations', 'describe-organization'], what: 'the organization of this account', missing: /^AWSOrganizationsNotInUseException$/, main: true } })],
  identity: (answers) => textAt(data(answers, 'main'), 'Organization', 'Arn'),
  tell: (_look, answers) => ({
    exists: answers['main']?.kind === 'missing' ? false : answers['main']?.kind === 'data' ? true : undefined, action: 'modify', outcome: 'interrupted', data: 'kept',
    ...(textAt(data(answers, 'main'), 'Organization', 'Arn') === undefined ? {} : { physicalId: textAt(data(answers, 'main'), 'Organization', 'Arn') ?? '' }),
    because: ['Its policies, its shared billing and what is shared inside of it end for this account.'], reversibility: { kind: 'recoverable', how: 'The management account has to invite it again: aws organizations invite-account-to-organization.' },
  }),
};

export const serviceEntries: Readonly<Record<string, Entry>> = {
  'eks delete-cluster': eksCluster,
  'eks delete-nodegroup': nodegroup,
  'ecs delete-service': service('DeleteService'),
  'ecs update-service': service('UpdateService'),
  'ecs delete-cluster': ecsCluster,
  'elbv2 delete-load-balancer': loadBalancer,
  'elbv2 delete-target-group': targetGroup,
  'autoscaling delete-auto-scaling-group': scalingGroup('DeleteAutoScalingGroup'),
  'autoscaling update-auto-scaling-group': scalingGroup('UpdateAutoScalingGroup'),
  'cloudtrail delete-trail': trail('DeleteTrail'),
  'cloudtrail stop-logging': trail('StopLogging'),
  'acm delete-certificate': certificate,
  'apigateway delete-rest-api': restApi,
  'apigatewayv2 delete-api': httpApi,
  'cloudfront delete-distribution': distribution,
  'organizations close-account': account,
  'organizations leave-organization': leave,
};
