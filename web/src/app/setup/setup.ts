import { Component } from '@angular/core';

/** Placeholder until this feature's own page takes its place. */
@Component({ selector: 'app-setup', template: '<p class="page">…</p>' })
export class Setup {}
