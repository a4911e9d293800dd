import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where the bytes of a file on the hidden shelf lie, somewhere else in the world. */
@Entity('remote_file')
export class RemoteFile {
  /** Of its media file, with which it goes. */
  @PrimaryColumn('text') id!: string;
  /** Address and header fields, encrypted. */
  @Column('text') sealed!: string;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
