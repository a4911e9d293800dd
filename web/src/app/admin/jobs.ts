import { Component } from '@angular/core';
import { JobList } from './job-list';

/** All background work. */
@Component({ selector: 'app-jobs', imports: [JobList], template: '<app-job-list />' })
export class Jobs {}
