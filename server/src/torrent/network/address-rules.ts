/** Whether everybody may be sent to this IP address: it is globally reachable unicast. What is no address is not. */
export function isPublicAddress(_address: string): boolean {
  return false;
}
