import { type ComponentType, createElement, lazy, Suspense } from 'react';
import type { FamilyPicture, PictureProps } from './picture.ts';
import { points } from './points/picture.tsx';

const loaders = import.meta.glob<FamilyPicture>(['./*/picture.tsx', '!./points/picture.tsx'], { import: 'picture' });

/** A family's picture, whose code loads when it is first drawn. */
const lazily = (load: () => Promise<FamilyPicture>): FamilyPicture => {
  const part = <Props extends object>(pick: (picture: FamilyPicture) => ComponentType<Props> | undefined) => {
    const Part = lazy(async () => ({ default: (pick(await load()) ?? (() => null)) as ComponentType<Props> }));
    return (props: Props) =>
      createElement(Suspense, { fallback: null }, createElement(Part as ComponentType<Props>, props));
  };
  return {
    Panel: part<PictureProps>(({ Panel }) => Panel),
    Above: part<object>(({ Above }) => Above),
    Take: part<object>(({ Take }) => Take),
  };
};

const pictures = new Map<string, FamilyPicture>(
  Object.entries(loaders).map(([file, load]) => [file.split('/')[1] as string, lazily(load)]),
);

/** How the models of a family are shown: by its folder; the decision map for the first family. */
export const pictureOf = (family: string | undefined): FamilyPicture => pictures.get(family ?? '') ?? points;
