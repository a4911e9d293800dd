import { minimumAge } from './age-rating.js';

/** `rating → age`, one a line; `-` says nothing. */
const rows = `
G → 0
PG → 10
PG-13 → 13
R → 17
NC-17 → 18
X → 18
GP → 10
M → 15
MPAA: PG-13 → 13
Rated PG-13 → 13
Rated G → 0
Rated R for strong violence and language → 17
Rated: PG → 10
rated pg-13 for scenes of peril → 13
R (Restricted) → 17
US:PG → 10
US:R → 17
US-PG-13 → 13
USA:NC-17 → 18
us/tv-ma → 17
United States: PG-13 → 13
TV-Y → 0
TV-Y7 → 7
TV-Y7-FV → 7
TV-G → 0
TV-PG → 10
TV-14 → 14
TV-MA → 17
TVMA → 17
tv-14 → 14
TV-14-DLSV → 14
TV-MA-LSV → 17
TV-PG-V → 10
FSK 0 → 0
FSK 6 → 6
FSK 12 → 12
FSK 16 → 16
FSK 18 → 18
FSK-16 → 16
FSK12 → 12
FSK ab 16 → 16
fsk:6 → 6
FSK o.A. → 0
o. A. → 0
Ohne Altersbeschränkung → 0
Freigegeben ohne Altersbeschränkung → 0
Freigegeben ab 12 Jahren → 12
ab 6 Jahren → 6
ab 16 → 16
Keine Jugendfreigabe → 18
SPIO/JK → 18
Indiziert → 18
DE:FSK 12 → 12
DE:12 → 12
de/0 → 0
DE-16 → 16
Germany:18 → 18
Deutschland: 6 → 6
U → 0
Uc → 0
12A → 12
12 → 12
15 → 15
18 → 18
R18 → 18
UK:PG → 8
GB:PG → 8
GB-15 → 15
gb/12A → 12
BBFC 15 → 15
BBFC PG → 8
UK:U → 0
Tous publics → 0
TP → 0
Tous publics avec avertissement → 10
-10 → 10
-12 → 12
-16 → 16
-18 → 18
Interdit aux moins de 16 ans → 16
FR:16 → 16
France:12 → 12
CSA 16 → 16
CNC:TP → 0
AL → 0
NL:AL → 0
NL:6 → 6
NL-9 → 9
Kijkwijzer 14 → 14
MG6 → 6
Alle leeftijden → 0
AU:G → 0
AU:PG → 8
AU:M → 15
AU:MA15+ → 15
AU:R18+ → 18
AU:X18+ → 18
MA 15+ → 15
MA15+ → 15
R18+ → 18
M15+ → 15
ACB: M → 15
NZ:R13 → 13
NZ:RP16 → 16
NZ:R16 → 16
NZ:M → 16
CA:14A → 14
CA:18A → 18
CA-13+ → 13
CA:R → 18
PEGI 3 → 3
PEGI 7 → 7
PEGI 12 → 12
PEGI 16 → 16
PEGI18 → 18
3+ → 3
7+ → 7
16+ → 16
+12 → 12
18+ → 18
0 → 0
0+ → 0
6 → 6
12 ans → 12
12 años → 12
16 years → 16
All → 0
All ages → 0
SE:Btl → 0
SE-15 → 15
FI:S → 0
FI:K-16 → 16
K-12 → 12
DK:A → 0
NO:A → 0
ES:A → 0
IN:A → 18
IN:UA → 12
U/A 16+ → 16
A → 18
PT:M/12 → 12
M/6 → 6
IT:T → 0
IT:VM14 → 14
T → 13
BR:L → 0
BR:14 → 14
Livre → 0
JP:R15+ → 15
JP:PG12 → 12
SG:M18 → 18
SG:R21 → 21
HK:IIB → 15
KR:15 → 15
MX:B15 → 15
MX:C → 18
IE:12A → 12
IE:15A → 15
IE:PG → 8
SAM 13 → 13
Germany:16 / UK:15 / USA:R → 16
NR / Germany:12 → 12
US:PG-13;DE:12 → 13
XXX → 18
Adults only → 18
AO → 18
Banned → 18
Restricted → 17
NR → -
Not Rated → -
Unrated → -
UR → -
US:NR → -
Approved → -
Passed → -
N/A → -
None → -
TBC → -
99 → -
2019 → -
Great film → -
??? → -
PG-99 → -
DE: → -
Suitable for Bob → -
`
  .trim()
  .split('\n')
  .map((line): [string, number | null] => {
    const [rating = '', age] = line.split(' → ');
    return [rating, age === '-' ? null : Number(age)];
  });

test.each(rows)('%s', (rating, age) => {
  expect(minimumAge(rating)).toBe(age);
});

test('there are many, and nothing is unrated', () => {
  expect(rows.length).toBeGreaterThanOrEqual(120);
  expect(new Set(rows.map(([rating]) => rating)).size).toBe(rows.length);
  expect(minimumAge(null)).toBeNull();
  expect(minimumAge('')).toBeNull();
  expect(minimumAge('constructor')).toBeNull();
  expect(minimumAge('__proto__')).toBeNull();
});

test('long rubbish costs little', () => {
  for (const one of ['A', '1', ' ', '/', ':', 'PG-', '((', 'rated ']) minimumAge(one.repeat(20_000));
}, 20_000);
