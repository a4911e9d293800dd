import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { libraryEntities } from './entities.js';

/** Titles, files and search: what is on the disks, and what it is. */
@Module({ imports: [TypeOrmModule.forFeature(libraryEntities)] })
export class LibraryModule {}
