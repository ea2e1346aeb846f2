import type { ReaderContext, Finding } from '../invocation';
import { findByCallNames, pascal, servicesIn, type CallNames } from './call-names';

const RUBY: CallNames = {
  tool: 'ruby',
  comments: /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|^=begin[^]*?^=end|#(?!\{)[^\n]*/gm,
  services: (text) => servicesIn([...text.matchAll(/\bAws::(\w+)::|require\s*\(?['"]aws-sdk-(\w+)['"]/g)].map((m) => m[1] ?? m[2])),
  others: (text) => (/require\s*\(?['"](?:kubeclient|k8s-ruby)['"]/.test(text) ? 'kubernetes' : /require\s*\(?['"]google\/(?:cloud|apis)/.test(text) ? 'google' : /require\s*\(?['"]azure/.test(text) ? 'azure' : undefined),
  call: /\.((?:delete|terminate|stop|destroy|purge|remove|reboot|disable|deregister|schedule|put|update|modify|reset|drop|detach|revoke|release|evict)_?\w*!?)\b\(?([^\n]{0,400})/g,
  starts: /\b(?:system|exec|spawn|Open3\.\w+|IO\.popen|Process\.spawn|sh)\s*\(?\s*((?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')[^\n;)]{0,2000})|(?<![\w.])(`[^`\n]+`)|%x[({[]([^)}\]\n]*)[)}\]]/g,
  api: (method) => pascal(method.replace(/!$/, '')),
};

/** What a Ruby program would do, by the names of the SDK's calls and the commands that it starts. Sources: AWS SDK for Ruby 3, Ruby's Kernel and Open3 documentation. */
export const findInRuby = (source: string, context: ReaderContext): Finding[] => findByCallNames(source, RUBY, context);
