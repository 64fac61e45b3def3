#pragma once

#include "models/partspec.h"
#include "models/picks.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace kboss {

class PickBox;
class Theme;

// Parts of a combination put together line by line: a part by name, how much of it, its unit. What it holds is text as FormInput has it: the JSON list that is
// sent, never seen. Lines that are not finished are a fault. GUI thread.
class SpecBox : public QWidget {
    Q_OBJECT
public:
    SpecBox(Theme *theme, QWidget *parent);

    void setOffers(const std::vector<PartOffer> &offers); // what is chosen stays
    void setHint(const QString &text); // why there is nothing to choose from; empty = nothing
    void setWaiting(bool waiting);
    QString text() const;
    void setText(const QString &json); // does not emit
    QString fault() const;
    QString summary() const; // "A100-80G × 2 cards + …", with the price of a month
    void addPart(); // an empty line
    void setPart(int line, const QString &type, const QString &model, const QString &amount); // as a person would
    int lineCount() const { return static_cast<int>(m_lines.size()); }

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line {
        QWidget *widget = nullptr;
        PickBox *part = nullptr;
        QLineEdit *amount = nullptr;
        QLabel *unit = nullptr;
        QToolButton *away = nullptr;
    };
    void onEdited();
    void remove(QWidget *line);
    void updateLines();
    std::vector<PickChoice> choices() const;
    std::optional<SpecPart> partOf(const Line &line) const;
    QString faultOf(const Line &line) const;

    Theme *m_theme;
    std::vector<PartOffer> m_offers;
    std::vector<Line> m_lines;
    QString m_kept; // what cannot be shown as lines, as it came
    bool m_waiting = false;
    QVBoxLayout *m_column;
    QPushButton *m_add;
    QLabel *m_hint;
    QLabel *m_summary;
};

} // namespace kboss
