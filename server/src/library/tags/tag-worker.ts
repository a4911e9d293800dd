import { parentPort } from 'node:worker_threads';
import { asProbeFailed } from '../../ffmpeg/probe-failure.js';
import { InProcessTags } from './in-process-tags.js';
import { plainMusic, type TagReply, type TagRequest } from './tag-messages.js';

/** The thread of `tag-pool.ts`: one request after the other, answers in the order of requests. */
const tags = new InProcessTags();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: TagRequest) => {
  last = last.then(async () => parentPort?.postMessage(await answer(request)));
});

async function answer({ task, path }: TagRequest): Promise<TagReply> {
  try {
    if (task === 'music') return { music: plainMusic(await tags.music(path)) };
    if (task === 'photo') return { photo: await tags.photo(path) };
    return { picture: await tags.picture(path) };
  } catch (error) {
    const { code, reason } = asProbeFailed(error);
    return { failure: { code, reason } };
  }
}
