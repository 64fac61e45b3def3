#pragma once

#include "models/resourcetype.h"

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPixmap>
#include <memory>

namespace kboss {

enum class TextSize { Small, Label, Normal, Title, Figure };

// The tokens of resources/themes/tokens.json, as colours, fonts and sizes; sets the application's palette and style sheet. GUI thread.
// No colour, size or font is written anywhere else.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    Result<void> load(const QString &tokensFile);
    void setDark(bool dark); // emits changed()
    bool isDark() const;
    void apply();            // palette, fonts, style sheet on qApp

    QColor color(const char *token) const; // "window" "panel" "raised" "line" "line-strong" "text" "text-2" "text-3" "accent" "good" … "selection"
    QColor toneColor(Tone tone) const;
    QColor toneGround(Tone tone) const;    // opaque, over the panel
    QColor series(int index) const;
    QFont font(TextSize size = TextSize::Normal, bool bold = false) const; // tabular figures
    QFont monoFont(TextSize size = TextSize::Normal) const;
    int rowHeight() const;
    void setDensity(const QString &density); // "compact" "normal" "relaxed"
    QPixmap icon(const QString &name, const QColor &color, int size, qreal ratio) const; // resources/icons/<name>.svg
    void paintShape(class QPainter *painter, const QRectF &box, Tone tone) const;        // circle, triangle, octagon, diamond, square

Q_SIGNALS:
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
