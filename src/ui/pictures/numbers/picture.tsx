import './curve.css';
import type { FamilyPicture, PictureProps } from '../picture.ts';
import { Above } from './Above.tsx';
import { CurvePanel } from './CurvePanel.tsx';
import { SurfacePanel } from './SurfacePanel.tsx';
import { useShownNumbers } from './shown.ts';

/** One model over the pairs: a curve, or the colors of a surface. */
const Panel = (props: PictureProps) => {
  const { curve, surface, forget } = useShownNumbers();
  if (curve) return <CurvePanel {...props} shown={curve} forget={forget} />;
  return surface ? <SurfacePanel {...props} shown={surface} forget={forget} /> : null;
};

export const picture: FamilyPicture = { Panel, Above };
