import { Component, input } from '@angular/core';
import type { Image } from '@hearth/contract/image';
import { Icon } from './icon';
import { Picture } from './picture';
import { Poster } from './poster';

/** What a scene shows of a title. */
export interface SceneTitle {
  readonly name: string;
  readonly year: number | null;
  readonly tagline: string | null;
  readonly rating: number | null;
  readonly poster: Image | null;
  readonly backdrop: Image | null;
  readonly logo: Image | null;
}

/** A line about who made a title. */
export interface Maker {
  readonly label: string;
  readonly value: string;
}

/** The first screen of a title: its artwork as the light of the room, and the words. What can be done with it is the content. */
@Component({
  selector: 'app-title-scene',
  imports: [Icon, Picture, Poster],
  templateUrl: './title-scene.html',
  styleUrl: './title-scene.css',
})
export class TitleScene {
  readonly title = input.required<SceneTitle>();
  readonly facts = input.required<readonly string[]>();
  readonly tags = input.required<readonly string[]>();
  readonly ratingLabel = input.required<string>();
  readonly overview = input.required<string | null>();
  readonly makers = input.required<readonly Maker[]>();
}
