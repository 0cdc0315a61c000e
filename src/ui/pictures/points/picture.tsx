import { DiscDrawing } from '../../compare/DiscDrawing.tsx';
import { PointLight } from '../../compare/PointLight.tsx';
import { useLab } from '../../hooks/lab.ts';
import type { FamilyPicture, PictureProps } from '../picture.ts';
import { PanelCanvas } from './PanelCanvas.tsx';

/** A decision map with the points on it. */
const Panel = ({ panel, panels, label, isCompared, isPulled }: PictureProps) => {
  const lab = useLab();
  return (
    <>
      <PanelCanvas
        panel={panel}
        label={label}
        isCompared={isCompared && panel.role !== 'retrained'}
        isPulled={isPulled && panel.role === 'run'}
      />
      <PointLight panel={panel} panels={panel.role === 'original' ? panels : undefined} />
      {panel.role === 'original' && !lab.isLocked ? <DiscDrawing /> : null}
    </>
  );
};

export const points: FamilyPicture = { Panel };
