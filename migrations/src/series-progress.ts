/**
 * How far each account is with the series it has watched any of: `unwatched` episodes are left. Whoever lists what is
 * watched would count the episodes of every series otherwise. Triggers keep it, for play states and episodes are
 * written in several places, and also leave by the deletion of what they belong to.
 */
const progressTable = [
  `CREATE TABLE series_progress (
     account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
     title_id text NOT NULL REFERENCES title (id) ON DELETE CASCADE,
     unwatched integer NOT NULL, PRIMARY KEY (account_id, title_id))`,
  'CREATE INDEX ix_series_progress_account_id_unwatched_title_id ON series_progress (account_id, unwatched, title_id)',
  'CREATE INDEX ix_series_progress_title_id ON series_progress (title_id)',
];

const unwatchedEpisodes = (account: string, title: string) =>
  `(SELECT COUNT(*) FROM episode e WHERE e.title_id = ${title} AND NOT EXISTS (SELECT 1 FROM play_state p
     WHERE p.account_id = ${account} AND p.item_id = e.id AND p.watched))`;

/** Writes the row anew; none without a watched episode. A title that is being deleted takes its row along. */
const renew = (account: string, title: string) => `
  DELETE FROM series_progress WHERE account_id = ${account} AND title_id = ${title};
  INSERT INTO series_progress (account_id, title_id, unwatched)
    SELECT ${account}, ${title}, ${unwatchedEpisodes(account, title)} WHERE EXISTS (SELECT 1 FROM play_state s
      WHERE s.account_id = ${account} AND s.title_id = ${title} AND s.episode_id IS NOT NULL AND s.watched = true)
    AND EXISTS (SELECT 1 FROM title t WHERE t.id = ${title});`;

const recount = (title: string) => `
  UPDATE series_progress SET unwatched = ${unwatchedEpisodes('series_progress.account_id', title)}
    WHERE title_id = ${title};`;

const isSeen = (row: string) => `${row}.watched AND ${row}.episode_id IS NOT NULL`;
/** Progress is saved every few seconds: only what changes the count fires. */
const ofState = 'AFTER UPDATE OF account_id, item_id, title_id, episode_id, watched ON play_state';
const isOther = (distinct: string) =>
  ['account_id', 'item_id', 'title_id', 'watched']
    .map((name) => `OLD.${name} ${distinct} NEW.${name}`)
    .join(' OR ');

const whenSqlite = (name: string, event: string, when: string, body: string) =>
  `CREATE TRIGGER ${name} ${event} FOR EACH ROW ${when} BEGIN ${body} END`;
const oldState = renew('OLD.account_id', 'OLD.title_id');
const newState = renew('NEW.account_id', 'NEW.title_id');

const sqlite = [
  ...progressTable,
  whenSqlite('play_state_came', 'AFTER INSERT ON play_state', `WHEN ${isSeen('NEW')}`, newState),
  whenSqlite('play_state_went', 'AFTER DELETE ON play_state', `WHEN ${isSeen('OLD')}`, oldState),
  whenSqlite('play_state_changed', ofState, `WHEN ${isOther('IS NOT')}`, oldState + newState),
  whenSqlite('episode_came', 'AFTER INSERT ON episode', '', recount('NEW.title_id')),
  whenSqlite('episode_went', 'AFTER DELETE ON episode', '', recount('OLD.title_id')),
  whenSqlite('episode_moved', 'AFTER UPDATE OF title_id ON episode', '', recount('OLD.title_id') + recount('NEW.title_id')),
]; // prettier-ignore

/** Transactions that change the same series take turns, or neither would count what the other adds. */
const turn = (title: string) => `PERFORM 1 FROM title WHERE id = ${title} FOR NO KEY UPDATE;`;
/** A plan kept from when the tables were empty would read them whole, until somebody analyses them. */
const [plannedAnew, byIndex] = ['plan_cache_mode = force_custom_plan', 'enable_seqscan = off'];
const plpgsql = (name: string, setting: string, body: string) =>
  `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET ${setting}
     AS $$ BEGIN ${body} RETURN NULL; END $$`;
const whenPostgres = (name: string, event: string, when: string, run: string) =>
  `CREATE TRIGGER ${name} ${event} FOR EACH ROW ${when} EXECUTE FUNCTION ${run}()`;
const [before, after] = [turn('OLD.title_id') + oldState, turn('NEW.title_id') + newState];
/** Of a new series nothing was watched: a scan only looks. */
const recountBegun = (title: string) =>
  `${turn(title)} IF EXISTS (SELECT 1 FROM series_progress WHERE title_id = ${title}) THEN ${recount(title)} END IF;`;
const [left, joined] = [recountBegun('OLD.title_id'), recountBegun('NEW.title_id')];

const postgres = [
  ...progressTable,
  plpgsql('play_state_came', plannedAnew, after),
  plpgsql('play_state_went', plannedAnew, before),
  plpgsql('play_state_changed', plannedAnew, before + after),
  plpgsql('episode_came', byIndex, joined),
  plpgsql('episode_went', byIndex, left),
  plpgsql('episode_moved', byIndex, left + joined),
  whenPostgres('play_state_came', 'AFTER INSERT ON play_state', `WHEN (${isSeen('NEW')})`, 'play_state_came'),
  whenPostgres('play_state_went', 'AFTER DELETE ON play_state', `WHEN (${isSeen('OLD')})`, 'play_state_went'),
  whenPostgres('play_state_changed', ofState, `WHEN (${isOther('IS DISTINCT FROM')})`, 'play_state_changed'),
  whenPostgres('episode_came', 'AFTER INSERT ON episode', '', 'episode_came'),
  whenPostgres('episode_went', 'AFTER DELETE ON episode', '', 'episode_went'),
  whenPostgres('episode_moved', 'AFTER UPDATE OF title_id ON episode', '', 'episode_moved'),
]; // prettier-ignore

const triggers = {
  play_state: ['play_state_came', 'play_state_went', 'play_state_changed'],
  episode: ['episode_came', 'episode_went', 'episode_moved'],
};

/** Statements that make the table and what keeps it. */
export const seriesProgress = (isPostgres: boolean): string[] => (isPostgres ? postgres : sqlite);

/** Statements that undo it. */
export const dropSeriesProgress = (isPostgres: boolean): string[] => [
  ...Object.entries(triggers).flatMap(([table, names]) =>
    names.flatMap((name) =>
      isPostgres ? [`DROP TRIGGER ${name} ON ${table}`, `DROP FUNCTION ${name}`] : [`DROP TRIGGER ${name}`],
    ),
  ),
  'DROP TABLE series_progress',
];
