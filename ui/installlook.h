#pragma once

#include "models/installcell.h"
#include "ui/theme.h"

class QPainter;

namespace kboss {

// How the installer's states look: a shape for each, so that none is told by its colour alone.
Tone toneOf(CellShape shape);
bool hasGround(CellShape shape); // only trouble and what is under way get one
// tick · filled triangle · outlined triangle · filled square with a cross · open ring · circle · two bars · dash
void paintCellShape(QPainter *painter, const QRectF &box, CellShape shape, const Theme &theme);

} // namespace kboss
