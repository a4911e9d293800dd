import { Inject } from '@nestjs/common';

/** Token of the `TorrentEngine`. */
export const torrentEngineToken = Symbol('torrent engine');

export const InjectEngine = (): ParameterDecorator => Inject(torrentEngineToken);
