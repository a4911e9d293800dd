import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who took part in titles. */
@Entity('person')
export class Person {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  /** Lower case, without diacritics; unique. */
  @Column('text', { name: 'name_key' }) nameKey!: string;
  @Column('text', { name: 'image_id', nullable: true }) imageId!: string | null;
}
