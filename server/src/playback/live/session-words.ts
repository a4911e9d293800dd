/** `1` → `1st` */
export function ordinal(position: number): string {
  const [tens, ones] = [position % 100, position % 10];
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th');
  return `${position}${ending}`;
}
