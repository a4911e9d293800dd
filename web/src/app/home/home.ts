import { Component } from '@angular/core';

/** Placeholder until this feature's own page takes its place. */
@Component({ selector: 'app-home', template: '<p class="page">…</p>' })
export class Home {}
