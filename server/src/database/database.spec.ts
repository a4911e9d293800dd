import { hasPostgres, startPostgres } from '../../../tests/support/postgres.js';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.js';
import { describeWith, type PrivateServer } from '../../../tests/support/private-server.js';

type Named = { name: string }[];

/** Behaviour both dialects share; registers its own tests. */
function databaseSuite(open: () => Promise<TestDatabase>): void {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await open();
    await test_.database.write((manager) => manager.query('CREATE TABLE note (name text)'));
  });
  afterAll(() => test_.close());

  const note = (name: string): string => `INSERT INTO note VALUES ('${name}')`;
  const notes = async (): Promise<string[]> =>
    (await test_.database.read.query<Named>('SELECT name FROM note ORDER BY name')).map((row) => row.name);

  test('what fails leaves nothing behind, and nobody hears of it', async () => {
    const heard: string[] = [];
    const failing = test_.database.write(async (manager) => {
      await manager.query(note('lost'));
      test_.database.afterCommit(() => heard.push('lost'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([await notes(), heard]).toEqual([[], []]);
  });

  test('transactions that run at once do not mix, and a nested one joins', async () => {
    const heard: string[] = [];
    const write = (name: string, fails: boolean): Promise<void> =>
      test_.database.write(async (manager) => {
        await manager.query(note(`${name} 1`));
        await test_.database.write(async (same) => {
          expect(same).toBe(manager);
          await same.query(note(`${name} 2`));
        });
        test_.database.afterCommit(() => heard.push(name));
        if (fails) throw new Error(name);
      });
    const outcomes = await Promise.allSettled([write('a', false), write('b', true), write('c', false)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await notes()).toEqual(['a 1', 'a 2', 'c 1', 'c 2']);
    expect(heard.sort()).toEqual(['a', 'c']);
  });

  test('inside a transaction, reads see its writes', async () => {
    await test_.database.write(async (manager) => {
      await manager.query(note('mine'));
      expect(await notes()).toContain('mine');
    });
  });

  test('of those who write alone, each sees what the one before did', async () => {
    const claim = (): Promise<boolean> =>
      test_.database.writeAlone('claim', async (manager) => {
        if ((await manager.query<Named>(`SELECT name FROM note WHERE name = 'claimed'`)).length > 0)
          return false;
        await manager.query(note('claimed'));
        return true;
      });
    const winners = (await Promise.all([claim(), claim(), claim(), claim()])).filter(Boolean);
    expect(winners).toHaveLength(1);
  });
}

describe('on SQLite', () => {
  databaseSuite(() => openTestDatabase([]));
});

describeWith('PostgreSQL', hasPostgres(), () => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  databaseSuite(() => openTestDatabase([], { url: server.url }));
});
