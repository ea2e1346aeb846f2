/** How long it takes to find the operations of one command, and of a script of 1 MB. */
import { detectArgv, detectCommand } from '../src/detect/detect';

const DELETE = ['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod'];

/** A script as deployment tools and agents write them: functions, branches, loops, here-documents, comments; a command in nine is one of AWS's. */
function script(bytes: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let i = 0; length < bytes; i++) {
    const part = `
# Step ${i}: prepare what the service needs, then look at what is there.
# The names follow the environment, so that staging and production never meet.
prepare_${i}() {
  local env="$1" region="\${2:-eu-west-1}" tries=0
  if [ -z "$env" ]; then
    echo "usage: prepare_${i} ENV [REGION]" >&2
    return 1
  fi
  log "step ${i} in $env ($region), started at $(date -u +%H:%M:%S)"
  mkdir -p "build/$env" && cp -r "templates/step-${i}/." "build/$env/"
  while [ "$tries" -lt 5 ]; do
    if curl -fsS "https://$env.example.com/health/${i}" > /dev/null; then break; fi
    tries=$((tries + 1))
    sleep "$tries"
  done
  case "$env" in
    prod) size=large ;;
    staging) size=medium ;;
    *) size=small ;;
  esac
  cat > "build/$env/config.json" <<EOF
{ "step": ${i}, "env": "$env", "size": "$size", "tags": ["a", "b", "c"] }
EOF
  for file in a.txt b.txt c.txt; do
    sed -e "s/@ENV@/$env/g" -e "s/@SIZE@/$size/g" "build/$env/$file" | sort | uniq > "build/$env/$file.out"
  done
  aws s3 sync "build/$env" "s3://artifacts-$env/step-${i}" --region "$region"
}
prepare_${i} "$TARGET" || exit 1
`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

function median(runs: number, action: () => unknown): number {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    action();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[runs >> 1] ?? NaN;
}

/** Prints medians. */
export function run(): void {
  const text = script(1_000_000);
  const context = { cwd: '/', home: '/home/user' };
  for (let i = 0; i < 3; i++) detectCommand(text, context);
  const line = DELETE.join(' ');
  for (let i = 0; i < 2000; i++) {
    detectArgv(DELETE, context);
    detectCommand(line, context);
  }
  console.log(`one argv, warm: median ${median(2000, () => detectArgv(DELETE, context)).toFixed(3)} ms`);
  console.log(`one command line, warm: median ${median(2000, () => detectCommand(line, context)).toFixed(3)} ms (aim: under 0.2 ms)`);
  console.log(`a script of 1 MB, warm: median ${median(9, () => detectCommand(text, context)).toFixed(0)} ms (aim: under 100 ms)`);
  const dense = Array.from({ length: 14_000 }, (_, i) => `aws cloudformation delete-stack --stack-name "app-$ENV-${i}" # ${i}`).join('\n');
  console.log(`1 MB of nothing but destructive commands, warm: median ${median(5, () => detectCommand(dense, context)).toFixed(0)} ms`);
}

if (require.main === module) run();
