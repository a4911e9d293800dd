import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('favorite')
export class FavoriteEntity {
  @PrimaryColumn('text', { name: 'account_id' }) accountId!: string;
  @PrimaryColumn('text', { name: 'title_id' }) titleId!: string;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
}
