import type { ReaderContext, Finding } from '../invocation';
import { findByCallNames, servicesIn, type CallNames } from './call-names';

const GO: CallNames = {
  tool: 'go',
  comments: /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\/[^\n]*|\/\*[^]*?\*\//g,
  services: (text) => servicesIn([...text.matchAll(/"github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)/g)].map((m) => m[1])),
  others: (text) => (/"k8s\.io\/client-go|"sigs\.k8s\.io\/controller-runtime/.test(text) ? 'kubernetes' : /"cloud\.google\.com\/go|"google\.golang\.org\/api/.test(text) ? 'google' : /"github\.com\/Azure\/azure-sdk-for-go/.test(text) ? 'azure' : undefined),
  call: /\.((?:Begin)?(?:Delete|Terminate|Stop|Destroy|Purge|Remove|Reboot|Disable|Deregister|Schedule|Put|Update|Modify|Reset|Drop|Detach|Revoke|Release|PowerOff|Deallocate|Evict)\w*)\(([^\n]{0,400})/g,
  starts: /\bexec\.Command(?:Context)?\(\s*(?:\w+(?:\.\w+)*(?:\(\))?\s*,\s*)?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)[^\n;]{0,2000}?)\)(?=[.\s;)]|$)|\bscript\.Exec\(\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)/gm,
  api: (method) => method.replace(/(?:WithContext|Request|Async)$/, ''),
};

/** What a Go program would do, by the names of the SDKs' calls. Sources: AWS SDK for Go 1 and 2, client-go, Google and Azure SDKs for Go. */
export const findInGo = (source: string, context: ReaderContext): Finding[] => findByCallNames(source, GO, context);
