#pragma once

#include "ui/theme.h"

#include <QDate>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace kboss {

class Chip;
class QuoteDesk;
struct Quote;

// The head of a quote: its number, how it stands to what is saved, how old the prices are; under it who for, where, how long, how many. GUI thread.
class QuoteHead : public QWidget {
    Q_OBJECT
public:
    QuoteHead(QuoteDesk *desk, Theme *theme, QWidget *parent = nullptr);

    void retranslate();
    void updateAll(); // from the desk
    void updateLists(); // centers and clusters to choose from
    QToolButton *refreshButton() const { return m_refresh; }
    QToolButton *moreButton() const { return m_more; }
    QComboBox *centerBox() const { return m_center; }
    QComboBox *clusterBox() const { return m_cluster; }
    QSpinBox *termBox() const { return m_term; }
    QComboBox *unitBox() const { return m_unit; }
    QSpinBox *instancesBox() const { return m_instances; }
    QLineEdit *customerField() const { return m_customer; }
    QLineEdit *untilField() const { return m_until; }
    QString freshnessText() const;
    static QString instanceWords(const Quote &quote); // of one that is an instance
    QString stateText() const; // "version 2"
    bool isFaulty() const; // the day is no day, or past

Q_SIGNALS:
    void centerAsked(const QString &centerId); // a center was chosen; nothing has changed yet

private:
    void buildTitle();
    void buildForm();
    void connectFields();
    void onDay(const QString &text);
    void updateState();

    QuoteDesk *m_desk;
    Theme *m_theme;
    QLabel *m_title, *m_note, *m_hours;
    Chip *m_state, *m_age;
    QToolButton *m_refresh, *m_more;
    QLabel *m_customerLabel, *m_centerLabel, *m_clusterLabel, *m_termLabel, *m_instancesLabel, *m_untilLabel;
    QLineEdit *m_customer, *m_until;
    QComboBox *m_center, *m_cluster, *m_unit;
    QSpinBox *m_term, *m_instances;
};

} // namespace kboss
