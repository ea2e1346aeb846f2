import type { ReaderContext, Finding } from '../invocation';
import { findByCallNames, servicesIn, type CallNames } from './call-names';

const JAVA: CallNames = {
  tool: 'java',
  comments: /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[^]*?\*\//g,
  services: (text) => servicesIn([...text.matchAll(/(?:software\.amazon\.awssdk\.services|com\.amazonaws\.services|aws\.sdk\.kotlin\.services)\.(\w+)/g)].map((m) => m[1])),
  others: (text) => (/io\.kubernetes\.client|io\.fabric8\.kubernetes/.test(text) ? 'kubernetes' : /com\.google\.cloud\.|com\.google\.api\.services/.test(text) ? 'google' : /com\.azure\.|com\.microsoft\.azure/.test(text) ? 'azure' : undefined),
  call: /\.((?:begin)?(?:delete|terminate|stop|destroy|purge|remove|reboot|disable|deregister|schedule|put|update|modify|reset|drop|detach|revoke|release|powerOff|deallocate|evict)\w*)\(([^\n]{0,400})/g,
  starts: /\b(?:new ProcessBuilder|ProcessBuilder)\(\s*(?:List\.of\(|Arrays\.asList\(|listOf\(|new String\[\]\s*\{)?((?:"(?:[^"\\\n]|\\.)*")[^\n;]{0,2000}?)\)|\.exec\(\s*("(?:[^"\\\n]|\\.)*")|^\s*"((?:[^"\\\n]|\\.)*)"\.execute\(\)/gm,
  api: (method) => (method.charAt(0).toUpperCase() + method.slice(1)).replace(/Async$/, ''),
};

/** What a Java, Kotlin, Scala or Groovy program would do, by the names of the SDKs' calls. Sources: AWS SDK for Java 1 and 2 and for Kotlin, the Kubernetes clients, Google and Azure SDKs for Java. */
export const findInJava = (source: string, context: ReaderContext): Finding[] => findByCallNames(source, JAVA, context);
