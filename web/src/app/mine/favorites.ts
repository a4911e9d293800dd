import { Component } from '@angular/core';

/** Placeholder until this feature's own page takes its place. */
@Component({ selector: 'app-favorites', template: '<p class="page">…</p>' })
export class Favorites {}
