#pragma once

#include "models/resourcetype.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>
#include <memory>

class QPainter;

namespace kboss {

enum class TextSize { Small, Label, Normal, Title, Figure };

// The tokens of resources/themes/tokens.json, as colours, fonts and sizes; sets the application's palette and style sheet. GUI thread.
// No colour, size or font is written anywhere else. Widgets say what they are by properties the style sheet knows (helpers: ui/widgets.h):
// QPushButton "kind" = primary | danger | quiet | link; QToolButton "kind" = icon; QLabel "role" = title | heading | label | hint | figure | mono |
// fault; any QWidget "ground" = window | panel | raised; QFrame "role" = line; a changed form field "changed" = true, a wrong one "fault" = true.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    Result<void> load(const QString &tokensFile); // ":/themes/tokens.json"; style sheet beside it, icons in ../icons
    void setDark(bool dark); // emits changed()
    bool isDark() const;
    void apply(); // palette, fonts, style sheet on qApp

    QColor color(const char *token) const; // "window" "panel" "raised" "line" "line-strong" "text" "text-2" "text-3" "accent" "good" … "selection"
    QColor toneColor(Tone tone) const;
    QColor toneGround(Tone tone) const; // opaque, over the panel
    QColor mix(const QColor &over, const QColor &ground, double share) const;
    QColor series(int index) const;
    int size(const char *token) const; // "space-1" (4) … "space-5" (24), "radius", "title-line", "status-bar" …, px at 100 %
    QFont font(TextSize size = TextSize::Normal, bool bold = false) const; // text
    QFont figureFont(TextSize size = TextSize::Normal, bool bold = false) const; // digits of one width: every number column
    QFont monoFont(TextSize size = TextSize::Normal) const;
    QStringList printFamilies() const; // whose text can be copied out of a PDF again
    int rowHeight() const;
    QString density() const;
    void setDensity(const QString &density); // "compact" "normal" "relaxed"; emits changed()
    QPixmap icon(const QString &name, const QColor &color, int size, qreal ratio) const; // resources/icons/<name>.svg
    QIcon actionIcon(const QString &name) const; // text-2, and text-3 paler when disabled; made anew by callers on changed()
    QString sheetIcon(const QString &name) const; // a tinted copy in a private temporary folder: style sheets take files only
    void paintShape(QPainter *painter, const QRectF &box, Tone tone) const; // circle, triangle, octagon, diamond, square

Q_SIGNALS:
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
