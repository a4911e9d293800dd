import { Entity, PrimaryColumn } from 'typeorm';

/** Which file holds which episode; a file may hold several, an episode may have several versions. */
@Entity('episode_file')
export class EpisodeFile {
  @PrimaryColumn('text', { name: 'episode_id' }) episodeId!: string;
  @PrimaryColumn('text', { name: 'file_id' }) fileId!: string;
}
