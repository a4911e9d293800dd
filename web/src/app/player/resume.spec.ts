import { startAt } from './resume';

const now = 1_000_000;
const base = { target: 'title/7', durationSeconds: 6000, resumeSeconds: 0, now };

test('a film nobody began starts at its beginning', () => {
  expect(startAt(base)).toEqual({ position: 0, resumed: false });
});

test('goes on from where the server says, and says so', () => {
  expect(startAt({ ...base, resumeSeconds: 1390 })).toEqual({ position: 1390, resumed: true });
});

test.each([4, 5995])('%d s in, there is nothing worth resuming', (resumeSeconds) => {
  expect(startAt({ ...base, resumeSeconds })).toEqual({ position: 0, resumed: false });
});

test('a length nobody knows does not stop it from resuming', () => {
  expect(startAt({ ...base, durationSeconds: 0, resumeSeconds: 90 }).position).toBe(90);
});

test('what is asked for in the address wins, the beginning included', () => {
  expect(startAt({ ...base, resumeSeconds: 1390, asked: 0 })).toEqual({ position: 0, resumed: false });
  expect(startAt({ ...base, resumeSeconds: 1390, asked: 60 }).position).toBe(60);
  expect(startAt({ ...base, resumeSeconds: 1390, asked: Number.NaN }).position).toBe(1390);
});

test('after a reload the browser’s own note is fresher than the server’s', () => {
  const noted = { target: 'title/7', position: 1500, at: now - 3000 };
  expect(startAt({ ...base, resumeSeconds: 1390, noted })).toEqual({ position: 1500, resumed: true });
});

test('an old note, or one of another film, counts for nothing', () => {
  const old = { target: 'title/7', position: 1500, at: now - 120_000 };
  const other = { target: 'title/8', position: 1500, at: now };
  expect(startAt({ ...base, resumeSeconds: 1390, noted: old }).position).toBe(1390);
  expect(startAt({ ...base, resumeSeconds: 1390, noted: other }).position).toBe(1390);
});
