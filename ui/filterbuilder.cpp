#include "ui/filterbuilder.h"

#include "ui/filtervalueeditor.h"
#include "ui/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBlock>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// What can be asked beyond the language's own operators.
enum Wish { IsSet = 100, IsNotSet };

bool canFilter(const ColumnSpec &column)
{
    return column.field.type != FieldType::Secret;
}

} // namespace

FilterBuilder::FilterBuilder(const ResourceType &type, QTimeZone zone, Theme *theme, QWidget *parent)
    : QFrame(parent), m_type(type), m_zone(std::move(zone)), m_theme(theme), m_modes(new QTabBar(this)), m_stack(new QStackedWidget(this)),
      m_field(new QComboBox), m_operator(new QComboBox), m_value(new FilterValueEditor), m_words(makeLabel({}, "hint", this)),
      m_text(new QPlainTextEdit), m_fault(makeLabel({}, "fault", this)), m_apply(makeButton({}, "primary", this)), m_cancel(makeButton({}, "", this))
{
    setObjectName(u"filterBuilder"_s);
    setProperty("ground", u"raised"_s);
    setProperty("role", u"popup"_s);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_field->setObjectName(u"filterField"_s);
    m_operator->setObjectName(u"filterOperator"_s);
    m_text->setObjectName(u"filterText"_s);
    m_apply->setObjectName(u"filterApply"_s);
    m_field->setMaxVisibleItems(20);
    m_field->setMinimumWidth(170);
    m_operator->setMinimumWidth(90);
    m_value->setMinimumWidth(240);
    m_text->setFixedHeight(3 * m_theme->rowHeight());
    m_text->setFont(m_theme->monoFont());
    m_text->setTabChangesFocus(true);
    m_fault->setWordWrap(true);
    m_modes->setExpanding(false);
    m_modes->setDrawBase(false);
    m_modes->addTab({});
    m_modes->addTab({});
    auto *choose = new QWidget;
    auto *fields = new QHBoxLayout(choose);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->addWidget(m_field);
    fields->addWidget(m_operator);
    fields->addWidget(m_value, 1);
    m_stack->addWidget(choose);
    m_stack->addWidget(m_text);
    m_stack->setFixedHeight(m_theme->size("field"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_words, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_apply);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_modes);
    column->addWidget(m_stack);
    column->addWidget(m_fault);
    column->addLayout(buttons);
    connect(m_modes, &QTabBar::currentChanged, this, [this](int mode) {
        m_stack->setCurrentIndex(mode);
        m_stack->setFixedHeight(mode == 1 ? m_text->height() : m_theme->size("field"));
        check();
        adjustSize();
    });
    connect(m_field, &QComboBox::currentIndexChanged, this, &FilterBuilder::fillOperators);
    connect(m_operator, &QComboBox::currentIndexChanged, this, &FilterBuilder::check);
    connect(m_value, &FilterValueEditor::edited, this, &FilterBuilder::check);
    connect(m_value, &FilterValueEditor::submitted, this, &FilterBuilder::accept);
    connect(m_text, &QPlainTextEdit::textChanged, this, &FilterBuilder::check);
    connect(m_apply, &QPushButton::clicked, this, &FilterBuilder::accept);
    connect(m_cancel, &QPushButton::clicked, this, &FilterBuilder::left);
    retranslate();
    hide();
}

void FilterBuilder::retranslate()
{
    m_modes->setTabText(0, tr("Choose"));
    m_modes->setTabText(1, tr("As text"));
    m_cancel->setText(tr("Cancel"));
    m_field->setAccessibleName(tr("Field"));
    m_operator->setAccessibleName(tr("Operator"));
    m_text->setAccessibleName(tr("Filter text"));
    const QString example = u"name:\"x\" AND id = \"y\""_s; // in the service's own syntax
    m_text->setPlaceholderText(example);
    fillFields();
    check();
}

void FilterBuilder::fillFields()
{
    const QString kept = m_field->currentData().toString();
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    for (const ColumnSpec &column : m_type.columns) {
        if (canFilter(column))
            m_field->addItem(column.label.text(), column.field.id);
    }
    m_field->setCurrentIndex(std::max(0, m_field->findData(kept)));
    fillOperators();
}

const ColumnSpec *FilterBuilder::column() const
{
    return m_type.column(m_field->currentData().toString());
}

void FilterBuilder::fillOperators()
{
    const ColumnSpec *chosen = column();
    if (!chosen)
        return;
    const QSignalBlocker quiet(m_operator);
    m_operator->clear();
    const FieldType type = chosen->values.empty() ? chosen->field.type : FieldType::Enum;
    QList<FilterOp> operators{FilterOp::Equals, FilterOp::NotEquals};
    if (type == FieldType::Text)
        operators = {FilterOp::Has, FilterOp::Equals, FilterOp::NotEquals};
    else if (type != FieldType::Enum && type != FieldType::Boolean)
        operators = {FilterOp::Less, FilterOp::LessEquals, FilterOp::Equals, FilterOp::NotEquals, FilterOp::GreaterEquals, FilterOp::Greater};
    for (FilterOp op : operators)
        m_operator->addItem(FilterWords::operatorWord(op, type), static_cast<int>(op));
    m_operator->addItem(tr("is set"), IsSet);
    m_operator->addItem(tr("is not set"), IsNotSet);
    m_value->setColumn(*chosen);
    check();
}

void FilterBuilder::fillFrom(const FilterNode &node)
{
    m_field->setCurrentIndex(std::max(0, m_field->findData(node.field)));
    fillOperators();
    const bool present = node.op == FilterOp::Has && node.value == u"*"_s;
    m_operator->setCurrentIndex(std::max(0, m_operator->findData(present ? static_cast<int>(IsSet) : static_cast<int>(node.op))));
    m_value->setValue(node.value);
}

FilterPtr FilterBuilder::builtCondition(QString *fault) const
{
    const ColumnSpec *chosen = column();
    if (!chosen)
        return nullptr;
    const int wish = m_operator->currentData().toInt();
    if (wish == IsSet || wish == IsNotSet) {
        const FilterPtr set = makeRestriction(chosen->field.id, FilterOp::Has, u"*"_s, false);
        if (wish == IsSet)
            return set;
        auto node = std::make_shared<FilterNode>();
        node->kind = FilterNode::Kind::Not;
        node->children = {set};
        return node;
    }
    const Result<QString> value = m_value->value(m_zone);
    if (!value) {
        *fault = value.error().detail;
        return nullptr;
    }
    const FilterPtr made = makeRestriction(chosen->field.id, static_cast<FilterOp>(wish), *value, m_value->quoted() || value->contains(u' '));
    const Result<void> good = checkFilter(made, m_type.schema());
    if (!good) {
        *fault = good.error().detail;
        return nullptr;
    }
    return made;
}

void FilterBuilder::check()
{
    QString fault;
    QString words;
    const FilterWords speaker(m_type, m_zone);
    m_text->setExtraSelections({});
    const int wish = m_operator->currentData().toInt();
    m_value->setVisible(wish != IsSet && wish != IsNotSet);
    if (isTextMode()) {
        const QString text = m_text->toPlainText();
        Result<FilterPtr> parsed = parseFilter(text);
        if (parsed && *parsed) {
            if (const Result<void> good = checkFilter(*parsed, m_type.schema()); !good)
                parsed = fail(good.error());
        }
        if (parsed) {
            words = *parsed ? speaker.say(*parsed) : tr("all rows");
        } else {
            fault = parsed.error().detail;
            const int at = faultPosition(parsed.error(), text);
            if (at >= 0) {
                QTextEdit::ExtraSelection mark;
                mark.cursor = m_text->textCursor();
                mark.cursor.setPosition(std::min(at, std::max(0, static_cast<int>(text.size()) - 1)));
                mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor,
                                         std::max<int>(1, static_cast<int>(parsed.error().field.size())));
                mark.format.setBackground(m_theme->toneGround(Tone::Bad));
                mark.format.setUnderlineColor(m_theme->color("bad"));
                mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
                m_text->setExtraSelections({mark});
                fault = tr("Position %1: %2").arg(at + 1).arg(fault);
            }
        }
        m_apply->setEnabled(fault.isEmpty());
    } else {
        const FilterPtr made = builtCondition(&fault);
        words = made ? speaker.say(made) : QString();
        m_apply->setEnabled(made != nullptr);
    }
    m_words->setText(words);
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty() && isTextMode());
    m_fault->setToolTip({});
    if (!isTextMode() && !fault.isEmpty())
        m_words->setText(fault);
    adjustSize();
}

bool FilterBuilder::isTextMode() const
{
    return m_modes->currentIndex() == 1;
}

void FilterBuilder::openNew(const QString &wholeText)
{
    m_index = -1;
    m_apply->setText(tr("Add condition"));
    m_text->setPlainText(wholeText);
    m_modes->setCurrentIndex(0);
    fillOperators();
    present();
    m_field->setFocus();
}

void FilterBuilder::openCondition(int index, const FilterPtr &filter, const QString &wholeText)
{
    m_index = index;
    m_apply->setText(tr("Apply"));
    m_text->setPlainText(wholeText);
    const bool simple = filter->kind == FilterNode::Kind::Restriction && !filter->field.contains(u'.');
    if (simple)
        fillFrom(*filter);
    m_modes->setCurrentIndex(simple ? 0 : 1);
    present();
    if (simple)
        m_value->focusValue();
    else
        m_text->setFocus();
}

void FilterBuilder::openText(const QString &wholeText)
{
    m_index = -1;
    m_apply->setText(tr("Apply"));
    m_text->setPlainText(wholeText);
    m_modes->setCurrentIndex(1);
    present();
    m_text->setFocus();
}

void FilterBuilder::present()
{
    check();
    show();
    raise();
    adjustSize();
}

void FilterBuilder::accept()
{
    if (!m_apply->isEnabled())
        return;
    if (isTextMode()) {
        const Result<FilterPtr> parsed = parseFilter(m_text->toPlainText());
        if (parsed)
            Q_EMIT textMade(*parsed);
        return;
    }
    QString fault;
    if (const FilterPtr made = builtCondition(&fault))
        Q_EMIT conditionMade(m_index, made);
}

void FilterBuilder::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        accept();
    else
        QFrame::keyPressEvent(event);
}

} // namespace kboss
