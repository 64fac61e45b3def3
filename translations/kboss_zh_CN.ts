<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Exporter</name>
    <message>
        <source>Export %1</source>
        <translation>导出%1</translation>
    </message>
    <message>
        <source>%1, code</source>
        <translation>%1（代码）</translation>
    </message>
    <message>
        <source>%1, currency</source>
        <translation>%1（币种）</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>Must not be before “%1”</source>
        <translation>不能早于“%1”</translation>
    </message>
    <message>
        <source>Must not be more than “%1”</source>
        <translation>不能大于“%1”</translation>
    </message>
    <message>
        <source>Not an IPv4 or IPv6 address and not a host name</source>
        <translation>不是 IPv4、IPv6 地址或主机名</translation>
    </message>
    <message>
        <source>Not a web address: it begins with https:// or http:// and names a host</source>
        <translation>不是网址：应以 https:// 或 http:// 开头并包含主机</translation>
    </message>
    <message>
        <source>An address must not carry a user or password</source>
        <translation>地址中不能包含用户名或密码</translation>
    </message>
    <message>
        <source>Not a phone number: digits, spaces, brackets and hyphens, with + in front where needed</source>
        <translation>不是电话号码：可用数字、空格、括号、连字符，需要时以 + 开头</translation>
    </message>
    <message>
        <source>Not a whole number</source>
        <translation>不是整数</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>应在 %1 到 %2 之间</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>至少为 %1</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>至多为 %1</translation>
    </message>
    <message>
        <source>At most %1 characters</source>
        <translation>最多 %1 个字符</translation>
    </message>
    <message>
        <source>At least %1 characters</source>
        <translation>至少 %1 个字符</translation>
    </message>
    <message>
        <source>Not in the form the service takes</source>
        <translation>不符合服务要求的格式</translation>
    </message>
    <message>
        <source>Choose one of the list</source>
        <translation>请从列表中选择</translation>
    </message>
    <message>
        <source>Choose yes or no</source>
        <translation>请选择是或否</translation>
    </message>
    <message>
        <source>Not a date: write year-month-day, as 2026-11-22</source>
        <translation>不是日期：请按 年-月-日 填写，如 2026-11-22</translation>
    </message>
    <message>
        <source>Not an amount: write it as 1,234.56, with at most nine decimals</source>
        <translation>不是金额：请按 1,234.56 填写，最多九位小数</translation>
    </message>
    <message>
        <source>Not a number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>Not a time: write it as 2026-11-22 12:30:00</source>
        <translation>不是时间：请按 2026-11-22 12:30:00 填写</translation>
    </message>
    <message>
        <source>Must not be below zero</source>
        <translation>不能小于 0</translation>
    </message>
    <message>
        <source>At most %1 decimals</source>
        <translation>最多 %1 位小数</translation>
    </message>
</context>
<context>
    <name>Formatters</name>
    <message>
        <source>no limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1 年</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>The server sent this; it does not fit the field&apos;s type</source>
        <translation>服务返回的内容，与字段类型不符</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>expired yesterday</source>
        <translation>昨天到期</translation>
    </message>
    <message>
        <source>expired %1 days ago</source>
        <translation>已过期 %1 天</translation>
    </message>
    <message>
        <source>expires today</source>
        <translation>今天到期</translation>
    </message>
    <message>
        <source>expires tomorrow</source>
        <translation>明天到期</translation>
    </message>
    <message>
        <source>expires in %1 days</source>
        <translation>%1 天后到期</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>1 分钟前</translation>
    </message>
    <message>
        <source>%1 minutes ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>in 1 minute</source>
        <translation>1 分钟后</translation>
    </message>
    <message>
        <source>in %1 minutes</source>
        <translation>%1 分钟后</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>1 小时前</translation>
    </message>
    <message>
        <source>%1 hours ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>in 1 hour</source>
        <translation>1 小时后</translation>
    </message>
    <message>
        <source>in %1 hours</source>
        <translation>%1 小时后</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>in %1 days</source>
        <translation>%1 天后</translation>
    </message>
    <message>
        <source>1 month ago</source>
        <translation>1 个月前</translation>
    </message>
    <message>
        <source>%1 months ago</source>
        <translation>%1 个月前</translation>
    </message>
    <message>
        <source>in 1 month</source>
        <translation>1 个月后</translation>
    </message>
    <message>
        <source>in %1 months</source>
        <translation>%1 个月后</translation>
    </message>
    <message>
        <source>1 year ago</source>
        <translation>1 年前</translation>
    </message>
    <message>
        <source>%1 years ago</source>
        <translation>%1 年前</translation>
    </message>
    <message>
        <source>in 1 year</source>
        <translation>1 年后</translation>
    </message>
    <message>
        <source>in %1 years</source>
        <translation>%1 年后</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 year</source>
        <translation>%1 年</translation>
    </message>
    <message>
        <source>%1 day</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 hour</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 minute</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 second</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>kboss::ActivityPage</name>
    <message>
        <source>Nothing is running</source>
        <translation>没有任务在运行</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 个运行中</translation>
    </message>
    <message>
        <source>Jobs of this run appear here: first readings, exports, bulk changes.</source>
        <translation>本次运行的任务会出现在这里：首次读取、导出、批量修改。</translation>
    </message>
    <message>
        <source>Cancel this job</source>
        <translation>取消此任务</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What the job says</source>
        <translation>任务日志</translation>
    </message>
    <message>
        <source>Latest changes</source>
        <translation>最近操作</translation>
    </message>
    <message>
        <source>Undo this change…</source>
        <translation>撤销此操作…</translation>
    </message>
    <message>
        <source>Whole journal</source>
        <translation>全部日志</translation>
    </message>
    <message>
        <source>Nothing has run for long yet</source>
        <translation>还没有较长的任务</translation>
    </message>
    <message>
        <source>First readings, exports and bulk changes appear here with their progress.</source>
        <translation>首次读取、导出和批量修改会带着进度出现在这里。</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>还没有修改</translation>
    </message>
    <message>
        <source>The latest changes appear here and can be undone.</source>
        <translation>最近的修改会出现在这里，可以撤销。</translation>
    </message>
</context>
<context>
    <name>kboss::BulkModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>kboss::BulkPane</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Field to change</source>
        <translation>要修改的字段</translation>
    </message>
    <message>
        <source>The first %1 of %2 selected rows, fixed by their ids. What is selected later does not matter.</source>
        <translation>已选 %2 行中的前 %1 行，按 ID 固定，之后再改选择不影响。</translation>
    </message>
    <message>
        <source>%1 rows, fixed by their ids. What is selected later does not matter.</source>
        <translation>%1 行，按 ID 固定，之后再改选择不影响。</translation>
    </message>
    <message>
        <source>in each row&apos;s currency</source>
        <translation>按各行自己的币种</translation>
    </message>
    <message>
        <source>cannot: %1</source>
        <translation>不可：%1</translation>
    </message>
    <message>
        <source>is so already</source>
        <translation>已是此值</translation>
    </message>
    <message>
        <source>Change %1 rows</source>
        <translation>修改 %1 行</translation>
    </message>
    <message>
        <source>Try %1 failed again</source>
        <translation>重试失败的 %1 行</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>已修改 %1 行</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>失败 %1 行</translation>
    </message>
    <message>
        <source>%1 will change</source>
        <translation>%1 行将修改</translation>
    </message>
    <message>
        <source>%1 cannot take it</source>
        <translation>%1 行不可修改</translation>
    </message>
    <message>
        <source>%1 are so already</source>
        <translation>%1 行已是此值</translation>
    </message>
    <message>
        <source>Change %1 of %2 rows</source>
        <translation>修改 %2 行的%1</translation>
    </message>
    <message>
        <source>Try %1 rows again</source>
        <translation>重试 %1 行</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>修改方式</translation>
    </message>
    <message>
        <source>by percent</source>
        <translation>按百分比</translation>
    </message>
    <message>
        <source>set to one value</source>
        <translation>改为同一值</translation>
    </message>
    <message>
        <source>%1 is not a number here</source>
        <translation>此行的“%1”不是数字</translation>
    </message>
    <message>
        <source>exactly %1</source>
        <translation>精确值 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>1 row, fixed by its id. What is selected later does not matter.</source>
        <translation>1 行，按 ID 固定，之后再改选择不影响。</translation>
    </message>
    <message>
        <source>Change 1 row</source>
        <translation>修改 1 行</translation>
    </message>
    <message>
        <source>1 is so already</source>
        <translation>1 行已是此值</translation>
    </message>
    <message>
        <source>Change %1 of 1 row</source>
        <translation>修改 1 行的%1</translation>
    </message>
    <message>
        <source>Try 1 row again</source>
        <translation>重试 1 行</translation>
    </message>
</context>
<context>
    <name>kboss::CentersPage</name>
    <message>
        <source>Nothing is chosen above</source>
        <translation>上方尚未选择</translation>
    </message>
    <message>
        <source>Choose a row above to see here: %1.</source>
        <translation>请在上方选择一行，此处显示：%1。</translation>
    </message>
</context>
<context>
    <name>kboss::ChangeList</name>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
</context>
<context>
    <name>kboss::ColumnChooser</name>
    <message>
        <source>Default columns</source>
        <translation>默认列</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Columns: tick to show, drag to move</source>
        <translation>列：勾选显示，拖动排序</translation>
    </message>
</context>
<context>
    <name>kboss::CommandPalette</name>
    <message>
        <source>Pages, actions, connections — by name, English or pinyin initials</source>
        <translation>页面、操作、连接 — 可用名称、英文或拼音首字母</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>查找或执行</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Nothing of that name. English names and pinyin initials work too.</source>
        <translation>没有匹配项。也可以输入英文名称或拼音首字母。</translation>
    </message>
</context>
<context>
    <name>kboss::ConnectionTest</name>
    <message>
        <source>Billing</source>
        <translation>计费</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>%1: no operation of it is known to this version</source>
        <translation>%1：此版本没有它的接口</translation>
    </message>
    <message>
        <source>%1: answers in %2 ms</source>
        <translation>%1：%2 ms 内响应</translation>
    </message>
    <message>
        <source>%1: is there and asks for a sign-in</source>
        <translation>%1：可以访问，需要登录</translation>
    </message>
</context>
<context>
    <name>kboss::ConsoleApp</name>
    <message>
        <source>Saving the settings</source>
        <translation>保存设置</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Saving the connection</source>
        <translation>保存连接</translation>
    </message>
</context>
<context>
    <name>kboss::ConsoleProfiles</name>
    <message>
        <source>Try-out, empty</source>
        <translation>试用（空）</translation>
    </message>
    <message>
        <source>Try-out</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Try-out, medium</source>
        <translation>试用（中）</translation>
    </message>
    <message>
        <source>Try-out, large</source>
        <translation>试用（大）</translation>
    </message>
</context>
<context>
    <name>kboss::ConsoleStatusBar</name>
    <message>
        <source>Progress of the running job</source>
        <translation>运行中任务的进度</translation>
    </message>
    <message>
        <source>Where you are working. Click for connections.</source>
        <translation>当前所在环境。点击查看连接档案。</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>Starting the service</source>
        <translation>正在启动服务</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>正在登录</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>需要登录</translation>
    </message>
    <message>
        <source>Offline, changes are not possible</source>
        <translation>离线，不能修改</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connected  %1 ms</source>
        <translation>已连接  %1 ms</translation>
    </message>
    <message>
        <source>The connection, with the last round trip. Click for the request log.</source>
        <translation>连接状态与最近一次往返时间。点击查看请求日志。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No jobs running</source>
        <translation>没有任务在运行</translation>
    </message>
    <message>
        <source>Click for the activity list.</source>
        <translation>点击查看活动列表。</translation>
    </message>
    <message>
        <source>  %1 %</source>
        <translation>  %1 %</translation>
    </message>
    <message>
        <source>%1 running  %2</source>
        <translation>%1 个任务运行中  %2</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>no changes offline</source>
        <translation>离线不可写</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>可写</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
</context>
<context>
    <name>kboss::DetailsPanel</name>
    <message>
        <source>History %1</source>
        <translation>历史 %1</translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>已复制%1</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Row before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Another row is selected. This one stays here until it is saved or discarded.</source>
        <translation>已选择其他行。此行保留在这里，直到保存或放弃修改。</translation>
    </message>
    <message>
        <source>Read the selected rows</source>
        <translation>读取所选行</translation>
    </message>
    <message>
        <source>Change several rows</source>
        <translation>批量修改</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>kboss::DetailsView</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>not shown, not kept on this computer</source>
        <translation>不显示、不缓存</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制%1</translation>
    </message>
</context>
<context>
    <name>kboss::DocumentArea</name>
    <message>
        <source>Close this tab (Ctrl+W)</source>
        <translation>关闭标签页 (Ctrl+W)</translation>
    </message>
    <message>
        <source>Open in its own window</source>
        <translation>在独立窗口中打开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the others</source>
        <translation>关闭其他标签页</translation>
    </message>
    <message>
        <source>Open a page (Ctrl+K)</source>
        <translation>打开页面 (Ctrl+K)</translation>
    </message>
    <message>
        <source>Open pages</source>
        <translation>已打开的页面</translation>
    </message>
</context>
<context>
    <name>kboss::EditForm</name>
    <message>
        <source>Follows “%1”</source>
        <translation>随“%1”而定</translation>
    </message>
    <message>
        <source>Back to the old value</source>
        <translation>恢复原值</translation>
    </message>
    <message>
        <source>The alarm is off</source>
        <translation>报警已关闭</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Only where “%1” is something else</source>
        <translation>仅当“%1”为其他值时填写</translation>
    </message>
</context>
<context>
    <name>kboss::EditPane</name>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Enter saves · Esc leaves</source>
        <translation>Enter 保存 · Esc 离开</translation>
    </message>
    <message>
        <source>This row was changed meanwhile. Saving compares first and stops where a field of yours was changed.</source>
        <translation>此行刚被改动。保存前会先比对，若您修改的字段已被改动则停止。</translation>
    </message>
    <message>
        <source>What will be sent: one change</source>
        <translation>将发送的修改 1 处</translation>
    </message>
    <message>
        <source>What will be sent: %1 changes</source>
        <translation>将发送的修改  %1 处</translation>
    </message>
    <message>
        <source>Before sending, the row is read again and compared. If somebody changed it meanwhile, nothing is overwritten.</source>
        <translation>发送前重新读取并比对，若已被他人改动则停止，不覆盖。</translation>
    </message>
    <message>
        <source>No changes</source>
        <translation>没有修改</translation>
    </message>
    <message>
        <source>Save one change</source>
        <translation>保存 1 处修改</translation>
    </message>
    <message>
        <source>Save %1 changes</source>
        <translation>保存 %1 处修改</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>不保存就离开吗？</translation>
    </message>
    <message>
        <source>%1: what you typed was not sent and would be lost.</source>
        <translation>%1：已输入的内容尚未发送，离开后会丢失。</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>kboss::Environment</name>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
</context>
<context>
    <name>kboss::ErrorText</name>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>It was stopped on request.</source>
        <translation>已按要求停止。</translation>
    </message>
    <message>
        <source>the service cannot be reached</source>
        <translation>无法连接服务</translation>
    </message>
    <message>
        <source>There is no connection to the service, or the console works offline.</source>
        <translation>与服务没有连接，或控制台处于离线工作状态。</translation>
    </message>
    <message>
        <source>What was read before can still be looked at. Check the network and the address in the profile.</source>
        <translation>已读取过的数据仍可查看。请检查网络和连接档案中的地址。</translation>
    </message>
    <message>
        <source>the service did not answer in time</source>
        <translation>服务未及时响应</translation>
    </message>
    <message>
        <source>The time allowed for this passed without an answer.</source>
        <translation>在限定时间内没有收到响应。</translation>
    </message>
    <message>
        <source>Try again in a moment. After a change, look first whether it was carried out.</source>
        <translation>请稍后重试。若刚做过修改，请先确认是否已生效。</translation>
    </message>
    <message>
        <source>you are not signed in</source>
        <translation>尚未登录</translation>
    </message>
    <message>
        <source>The service did not accept the sign-in, or it has run out.</source>
        <translation>服务没有接受登录，或登录已过期。</translation>
    </message>
    <message>
        <source>Sign in again with a valid name, password or token.</source>
        <translation>请用有效的用户名、密码或令牌重新登录。</translation>
    </message>
    <message>
        <source>you have no right to do this</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>The signed-in person has no right to this, or the profile is read-only.</source>
        <translation>当前登录者没有此权限，或连接为只读。</translation>
    </message>
    <message>
        <source>Ask an administrator for the right, or switch off read-only in the profile.</source>
        <translation>请向管理员申请权限，或在连接档案中关闭只读。</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>对象已不存在</translation>
    </message>
    <message>
        <source>The service does not know this object; somebody may have deleted it.</source>
        <translation>服务中没有这个对象，可能已被他人删除。</translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation>请刷新列表。</translation>
    </message>
    <message>
        <source>it was changed by somebody else meanwhile</source>
        <translation>已被他人改动</translation>
    </message>
    <message>
        <source>The object is not as it was when you saw it. Nothing was sent.</source>
        <translation>对象与您看到时不同，未发送任何内容。</translation>
    </message>
    <message>
        <source>Refresh, look at the new values, and make your change again.</source>
        <translation>请刷新，查看新值后再修改。</translation>
    </message>
    <message>
        <source>the service said no</source>
        <translation>服务拒绝了请求</translation>
    </message>
    <message>
        <source>The service understood the request and refused it.</source>
        <translation>服务理解了请求，但没有接受。</translation>
    </message>
    <message>
        <source>Correct what the reason names and try again.</source>
        <translation>请按原因更正后重试。</translation>
    </message>
    <message>
        <source>the answer could not be understood</source>
        <translation>无法理解服务的响应</translation>
    </message>
    <message>
        <source>The answer is not what the contract with this service says.</source>
        <translation>响应与此服务的接口约定不符。</translation>
    </message>
    <message>
        <source>Check that the address belongs to this service. Details hold what came.</source>
        <translation>请确认地址属于此服务。详情中有收到的内容。</translation>
    </message>
    <message>
        <source>the connection is not secure</source>
        <translation>连接不安全</translation>
    </message>
    <message>
        <source>The server&apos;s certificate could not be verified, or the address is plain HTTP.</source>
        <translation>服务器证书无法验证，或地址是未加密的 HTTP。</translation>
    </message>
    <message>
        <source>Nothing was sent. If the server has a certificate of your own authority, name that file in the profile.</source>
        <translation>未发送任何内容。若服务器使用自有 CA 的证书，请在连接档案中指定该文件。</translation>
    </message>
    <message>
        <source>a local file or database failed</source>
        <translation>本地文件或数据库出错</translation>
    </message>
    <message>
        <source>This computer could not read or write its own data.</source>
        <translation>本机无法读写自己的数据。</translation>
    </message>
    <message>
        <source>Check free space and rights of the data folder.</source>
        <translation>请检查数据文件夹的剩余空间和权限。</translation>
    </message>
    <message>
        <source>the SSH connection failed</source>
        <translation>SSH 连接失败</translation>
    </message>
    <message>
        <source>The host could not be reached or worked with over SSH.</source>
        <translation>无法通过 SSH 访问或操作该主机。</translation>
    </message>
    <message>
        <source>Check the host&apos;s address, port and sign-in.</source>
        <translation>请检查主机的地址、端口和登录方式。</translation>
    </message>
    <message>
        <source>the host&apos;s key is not the known one</source>
        <translation>主机密钥与已知的不符</translation>
    </message>
    <message>
        <source>The host showed another key than the one that was trusted.</source>
        <translation>主机出示的密钥不是已信任的那一个。</translation>
    </message>
    <message>
        <source>Stop here and find out why: another machine may be answering.</source>
        <translation>请停止操作并查明原因：可能是另一台机器在响应。</translation>
    </message>
    <message>
        <source>the console made a mistake</source>
        <translation>控制台内部出错</translation>
    </message>
    <message>
        <source>Something happened that the program did not expect.</source>
        <translation>发生了程序未预料到的情况。</translation>
    </message>
    <message>
        <source>Please report it with the details.</source>
        <translation>请连同详情一起反馈。</translation>
    </message>
    <message>
        <source>Not done: %1</source>
        <translation>未完成：%1</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1失败：%2</translation>
    </message>
    <message>
        <source>%1 (field %2)</source>
        <translation>%1（字段 %2）</translation>
    </message>
    <message>
        <source>the host does not let this user in</source>
        <translation>主机不让此用户登录</translation>
    </message>
    <message>
        <source>The password is wrong, or the account is locked or kept out: the host answers all of them alike.</source>
        <translation>密码错误，或账号被锁定、被禁止登录：主机对这几种情况的回答相同。</translation>
    </message>
    <message>
        <source>Give the password again. If it is right, whoever administers the host sees which it is (passwd -S, AllowUsers, DenyUsers), or sign in with a key.</source>
        <translation>请重新输入密码。如果密码无误，请主机管理员查明原因(passwd -S、AllowUsers、DenyUsers)，或改用密钥登录。</translation>
    </message>
    <message>
        <source>The host does not take this key for this user.</source>
        <translation>主机不接受此用户的这把密钥。</translation>
    </message>
    <message>
        <source>Put its public part into ~/.ssh/authorized_keys of the user, or choose another way to sign in.</source>
        <translation>请把公钥写入该用户的 ~/.ssh/authorized_keys，或换一种登录方式。</translation>
    </message>
    <message>
        <source>The account on the host has expired.</source>
        <translation>主机上的账号已过期。</translation>
    </message>
    <message>
        <source>Whoever administers the host gives it another end (chage -E), or take another user.</source>
        <translation>请主机管理员延长有效期(chage -E)，或换一个用户。</translation>
    </message>
    <message>
        <source>The account on the host is locked.</source>
        <translation>主机上的账号已被锁定。</translation>
    </message>
    <message>
        <source>Wait until the lock is over, or whoever administers the host unlocks it (usermod -U, faillock --reset).</source>
        <translation>请等待锁定结束，或请主机管理员解锁(usermod -U、faillock --reset)。</translation>
    </message>
    <message>
        <source>The password of the account on the host has expired.</source>
        <translation>主机上该账号的密码已过期。</translation>
    </message>
    <message>
        <source>Sign in once at a terminal and choose another, then give that one here.</source>
        <translation>请先在终端登录一次并改密码，然后在这里填写新密码。</translation>
    </message>
    <message>
        <source>The account signs in, but it may not run programs (nologin).</source>
        <translation>账号能登录，但不允许运行程序(nologin)。</translation>
    </message>
    <message>
        <source>Take another user, or give it a shell (usermod -s).</source>
        <translation>请换一个用户，或给它设置 shell(usermod -s)。</translation>
    </message>
</context>
<context>
    <name>kboss::ExportWords</name>
    <message>
        <source>%1 rows exported to %2</source>
        <translation>已导出 %1 行到 %2</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出%1</translation>
    </message>
    <message>
        <source>Export %1 rows</source>
        <translation>导出 %1 行</translation>
    </message>
    <message>
        <source>All %1 matching rows with %2 columns, in the order shown. Secrets are left out.</source>
        <translation>全部 %1 行匹配数据，%2 列，按显示的顺序，不含机密。</translation>
    </message>
    <message>
        <source>1 row exported to %1</source>
        <translation>已导出 1 行到 %1</translation>
    </message>
    <message>
        <source>Export 1 row</source>
        <translation>导出 1 行</translation>
    </message>
</context>
<context>
    <name>kboss::FieldEditor</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>empty = unchanged</source>
        <translation>留空则不变</translation>
    </message>
</context>
<context>
    <name>kboss::FilterBar</name>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Search these rows</source>
        <translation>在这些行中搜索</translation>
    </message>
</context>
<context>
    <name>kboss::FilterBuilder</name>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>按文本编辑</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>Filter text</source>
        <translation>筛选文本</translation>
    </message>
    <message>
        <source>is set</source>
        <translation>已设置</translation>
    </message>
    <message>
        <source>is not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Position %1: %2</source>
        <translation>第 %1 个字符：%2</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
</context>
<context>
    <name>kboss::FilterChip</name>
    <message>
        <source>%1, switched off</source>
        <translation>%1（已停用）</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Edit condition</source>
        <translation>编辑条件</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>kboss::FilterValueEditor</name>
    <message>
        <source>This is not a time span like 2d or 3h30m</source>
        <translation>不是时长,例如 2d 或 3h30m</translation>
    </message>
    <message>
        <source>This is not an amount like 512Mi or 2Gi</source>
        <translation>不是容量,例如 512Mi 或 2Gi</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>any currency</source>
        <translation>任意币种</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>text, * at an end for anything</source>
        <translation>文本，首尾可用 * 代表任意内容</translation>
    </message>
    <message>
        <source>Type a value</source>
        <translation>请输入值</translation>
    </message>
    <message>
        <source>This is not a number</source>
        <translation>这不是数字</translation>
    </message>
    <message>
        <source>This is not a date like 2026-01-31</source>
        <translation>不是日期，格式如 2026-01-31</translation>
    </message>
</context>
<context>
    <name>kboss::FilterWords</name>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>before</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>until</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>after</source>
        <translation>晚于</translation>
    </message>
    <message>
        <source>since</source>
        <translation>自</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>search “%1”</source>
        <translation>搜索“%1”</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>非 %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source> and </source>
        <translation> 且 </translation>
    </message>
    <message>
        <source>%1, currency</source>
        <translation>%1（币种）</translation>
    </message>
    <message>
        <source>%1 is set</source>
        <translation>%1 已设置</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 为空</translation>
    </message>
    <message>
        <source>%1 is not empty</source>
        <translation>%1 不为空</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>kboss::FloatingWindow</name>
    <message>
        <source>Put back into the main window</source>
        <translation>放回主窗口</translation>
    </message>
</context>
<context>
    <name>kboss::FreshnessWords</name>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未能读取</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>Live · %1 ago</source>
        <translation>实时 · %1前</translation>
    </message>
    <message>
        <source>Cached · %1 ago</source>
        <translation>缓存 · %1前</translation>
    </message>
    <message>
        <source>Partial · %1 ago</source>
        <translation>部分 · %1前</translation>
    </message>
    <message>
        <source>Refresh failed · %1 ago</source>
        <translation>刷新失败 · %1前</translation>
    </message>
    <message>
        <source>Paused · %1 ago</source>
        <translation>已暂停 · %1前</translation>
    </message>
    <message>
        <source>Stale · %1 ago</source>
        <translation>已过时 · %1前</translation>
    </message>
</context>
<context>
    <name>kboss::JobModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>kboss::JournalModel</name>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>done, undone since</source>
        <translation>已完成，后被撤销</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>answer lost</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Before → after</source>
        <translation>修改前 → 修改后</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
</context>
<context>
    <name>kboss::JournalPage</name>
    <message>
        <source>Reading the journal</source>
        <translation>读取操作日志</translation>
    </message>
    <message>
        <source>Nothing was changed from this computer yet</source>
        <translation>本机还没有做过修改</translation>
    </message>
    <message>
        <source>%1 actions, newest first</source>
        <translation>%1 条操作，最新在前</translation>
    </message>
    <message>
        <source>The chain of hashes is whole</source>
        <translation>哈希链完整</translation>
    </message>
    <message>
        <source>The chain is broken: %1</source>
        <translation>哈希链已断开：%1</translation>
    </message>
    <message>
        <source>Person, action, object or value</source>
        <translation>操作人、操作、对象或值</translation>
    </message>
    <message>
        <source>Undo this change…</source>
        <translation>撤销此操作…</translation>
    </message>
    <message>
        <source>Check the chain</source>
        <translation>校验哈希链</translation>
    </message>
    <message>
        <source>No change is recorded here</source>
        <translation>还没有操作记录</translation>
    </message>
    <message>
        <source>Every change made from this computer is written down with its values before and after, and can be undone from here.</source>
        <translation>在本机所做的每次修改都会记下修改前后的值，并可在这里撤销。</translation>
    </message>
</context>
<context>
    <name>kboss::MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>&amp;Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>&amp;Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>连接档案…</translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation>连接到</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Find or run…</source>
        <translation>查找或执行…</translation>
    </message>
    <message>
        <source>Undo a change…</source>
        <translation>撤销操作…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Relaxed</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Narrow navigation</source>
        <translation>收窄导航</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>This page has no actions</source>
        <translation>此页没有可用操作</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一个标签页</translation>
    </message>
    <message>
        <source>Open in its own window</source>
        <translation>在独立窗口中打开</translation>
    </message>
    <message>
        <source>Put all windows back</source>
        <translation>所有窗口放回主窗口</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>开始页</translation>
    </message>
    <message>
        <source>Request log</source>
        <translation>请求日志</translation>
    </message>
    <message>
        <source>Open the data folder</source>
        <translation>打开数据文件夹</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
</context>
<context>
    <name>kboss::MainWindow</name>
    <message>
        <source>Kboss Console</source>
        <translation>Kboss 控制台</translation>
    </message>
    <message>
        <source>Quit without saving?</source>
        <translation>不保存就退出吗？</translation>
    </message>
    <message>
        <source>There are changes in open pages that were not saved. They will be lost.</source>
        <translation>已打开的页面中有未保存的修改，退出后会丢失。</translation>
    </message>
    <message>
        <source>Quit without saving</source>
        <translation>不保存并退出</translation>
    </message>
    <message>
        <source>Leave this connection without saving?</source>
        <translation>不保存就离开这个连接吗？</translation>
    </message>
    <message>
        <source>A bulk change that is still running ends with the row it is at.</source>
        <translation>还在进行的批量修改会在当前这一行之后结束。</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存并离开</translation>
    </message>
</context>
<context>
    <name>kboss::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术细节</translation>
    </message>
</context>
<context>
    <name>kboss::NavigationModel</name>
    <message>
        <source>%1: rows in the local copy: %2</source>
        <translation>%1：本地副本 %2 行</translation>
    </message>
    <message>
        <source>%1, rows: %2</source>
        <translation>%1，%2 行</translation>
    </message>
</context>
<context>
    <name>kboss::NavigationPanel</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>kboss::Pages</name>
    <message>
        <source>Quotes</source>
        <translation>报价</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>Request log</source>
        <translation>请求日志</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接档案</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>算力</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Cloud providers</source>
        <translation>云厂商</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Install cluster</source>
        <translation>安装集群</translation>
    </message>
</context>
<context>
    <name>kboss::ProfileForm</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Sample data</source>
        <translation>示例数据</translation>
    </message>
    <message>
        <source>Kboss address</source>
        <translation>Kboss 服务地址</translation>
    </message>
    <message>
        <source>Billing address</source>
        <translation>计费服务地址</translation>
    </message>
    <message>
        <source>Account address</source>
        <translation>账户服务地址</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Own certificate authority</source>
        <translation>自有 CA 证书</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Proxy host and port</source>
        <translation>代理主机与端口</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>修改权限</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>At least one address is needed.</source>
        <translation>至少填写一个地址。</translation>
    </message>
    <message>
        <source>An address like https://host/path. Plain http only to this computer; no name, password or query in it.</source>
        <translation>地址形如 https://主机/路径。http 只能用于本机；地址中不能有用户名、密码或查询参数。</translation>
    </message>
    <message>
        <source>This file cannot be read, or holds no certificate in PEM form.</source>
        <translation>文件无法读取，或不含 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>A host and a port from 1 to 65535 are needed.</source>
        <translation>请填写主机和 1–65535 的端口。</translation>
    </message>
    <message>
        <source>A user name is needed.</source>
        <translation>请填写用户名。</translation>
    </message>
    <message>
        <source>There is no such time zone. One looks like Asia/Shanghai.</source>
        <translation>没有这个时区，格式如 Asia/Shanghai。</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>On this computer, by itself</source>
        <translation>本机独立运行</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>User name and password</source>
        <translation>用户名和密码</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性代码</translation>
    </message>
    <message>
        <source>Read-only: nothing can be changed through this connection</source>
        <translation>只读：通过此连接不能做任何修改</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Proxy host</source>
        <translation>代理主机</translation>
    </message>
    <message>
        <source>Proxy port</source>
        <translation>代理端口</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>证书文件</translation>
    </message>
</context>
<context>
    <name>kboss::ProfilesPage</name>
    <message>
        <source>%1 connections</source>
        <translation>%1 个连接</translation>
    </message>
    <message>
        <source>The connection in use cannot be deleted.</source>
        <translation>正在使用的连接不能删除。</translation>
    </message>
    <message>
        <source>Saving the connection</source>
        <translation>保存连接</translation>
    </message>
    <message>
        <source>Delete the connection “%1”?</source>
        <translation>删除连接“%1”吗？</translation>
    </message>
    <message>
        <source>Its settings, its local copy with its journal and its remembered password are deleted from this computer. Nothing changes on the server.</source>
        <translation>将从本机删除它的设置、本地副本与操作日志，以及已保存的密码。服务器上不做任何改动。</translation>
    </message>
    <message>
        <source>Delete connection</source>
        <translation>删除连接</translation>
    </message>
    <message>
        <source>Deleting the connection</source>
        <translation>删除连接</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>新建连接</translation>
    </message>
    <message>
        <source>Save connection</source>
        <translation>保存连接</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Delete connection…</source>
        <translation>删除连接…</translation>
    </message>
    <message>
        <source>Leave “%1” without saving?</source>
        <translation>不保存就离开“%1”吗？</translation>
    </message>
    <message>
        <source>What you typed there and did not save will be lost.</source>
        <translation>已输入而未保存的内容会丢失。</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存并离开</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>The connection in use was changed. The changes hold once it is made again.</source>
        <translation>正在使用的连接已修改，重新连接后生效。</translation>
    </message>
</context>
<context>
    <name>kboss::QuestionDialog</name>
    <message>
        <source>Type “%1” to go on. This cannot be undone.</source>
        <translation>输入“%1”以继续。此操作不能撤销。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>kboss::RequestLogModel</name>
    <message>
        <source>no answer</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Took (ms)</source>
        <translation>用时 (ms)</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Address or reason</source>
        <translation>地址或原因</translation>
    </message>
</context>
<context>
    <name>kboss::RequestLogPage</name>
    <message>
        <source>%1 of %2 requests of this run, secrets left out</source>
        <translation>本次运行 %2 个请求中的 %1 个，不含机密</translation>
    </message>
    <message>
        <source>Choose a request to see it whole.</source>
        <translation>选择一个请求查看全文。</translation>
    </message>
    <message>
        <source>Request id: %1</source>
        <translation>请求 ID：%1</translation>
    </message>
    <message>
        <source>Answer: %1, %2 ms, %3 bytes, attempt %4</source>
        <translation>响应：%1，%2 ms，%3 字节，第 %4 次</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>Copied as cURL; put your own token in place of $TOKEN.</source>
        <translation>已复制为 cURL；请用自己的令牌替换 $TOKEN。</translation>
    </message>
    <message>
        <source>Operation, address, answer or reason</source>
        <translation>接口、地址、响应或原因</translation>
    </message>
    <message>
        <source>Only failed ones</source>
        <translation>只看失败</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>复制为 cURL</translation>
    </message>
    <message>
        <source>The request</source>
        <translation>请求内容</translation>
    </message>
    <message>
        <source>No request to show</source>
        <translation>没有可显示的请求</translation>
    </message>
    <message>
        <source>Requests of this run appear here by themselves, without anything secret.</source>
        <translation>本次运行的请求会自动出现在这里，不含任何机密。</translation>
    </message>
    <message>
        <source>%1 of 1 request of this run, secrets left out</source>
        <translation>本次运行 1 个请求中的 %1 个，不含机密</translation>
    </message>
</context>
<context>
    <name>kboss::ResourceFeed</name>
    <message>
        <source>This profile is read-only</source>
        <translation>此连接为只读</translation>
    </message>
    <message>
        <source>Offline: changes can be made once the service answers again</source>
        <translation>离线：服务恢复响应后才能修改</translation>
    </message>
    <message>
        <source>Not signed in: changes can be made after File → Sign in…</source>
        <translation>尚未登录：请先通过“文件 → 登录…”登录，然后才能修改</translation>
    </message>
</context>
<context>
    <name>kboss::ResourceView</name>
    <message>
        <source>Not grouped</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>Group: %1</source>
        <translation>分组:%1</translation>
    </message>
    <message>
        <source>Go to: %1</source>
        <translation>转到:%1</translation>
    </message>
    <message>
        <source>The server does not know this yet: its description calls it unfinished</source>
        <translation>服务端还没有此功能:接口说明标为未开发完成</translation>
    </message>
    <message>
        <source>The server does not know this: it is an addition of the standalone service</source>
        <translation>服务端没有此功能:这是本机服务的扩展</translation>
    </message>
    <message>
        <source>This is sent to the service at once.</source>
        <translation>将立即发送到服务端。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 match, of %2</source>
        <translation>%1 条匹配，共 %2 条</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Export %1 rows</source>
        <translation>导出 %1 行</translation>
    </message>
    <message>
        <source>Refresh %1</source>
        <translation>刷新%1</translation>
    </message>
    <message>
        <source>The rows shown are the last ones read.</source>
        <translation>显示的是上次读取的数据。</translation>
    </message>
    <message>
        <source>Search these rows</source>
        <translation>在这些行中搜索</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Filter as text</source>
        <translation>按文本筛选</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Change selected rows</source>
        <translation>修改所选行</translation>
    </message>
    <message>
        <source>Copy rows as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Copy rows as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>Export %1 as CSV</source>
        <translation>导出%1为 CSV</translation>
    </message>
    <message>
        <source>Export %1 as XLSX</source>
        <translation>导出%1为 XLSX</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>The first %1 of %2 selected rows were copied; export takes all</source>
        <translation>已复制所选 %2 行中的前 %1 行；导出可取全部</translation>
    </message>
    <message>
        <source>%1 rows copied</source>
        <translation>已复制 %1 行</translation>
    </message>
    <message>
        <source>At most %1 rows are removed at once; select fewer</source>
        <translation>一次最多移除 %1 行，请少选一些</translation>
    </message>
    <message>
        <source>Read the selected rows</source>
        <translation>读取所选行</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取%1</translation>
    </message>
    <message>
        <source>Waiting for the service&apos;s first answer.</source>
        <translation>正在等待服务的首次响应。</translation>
    </message>
    <message>
        <source>No row matches these conditions</source>
        <translation>没有符合条件的行</translation>
    </message>
    <message>
        <source>%1 rows are there without them.</source>
        <translation>不加条件共有 %1 行。</translation>
    </message>
    <message>
        <source>There are no rows yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>The service answered, and its list of %1 is empty.</source>
        <translation>服务已响应，%1列表为空。</translation>
    </message>
    <message>
        <source>Offline, and %1 was never read here</source>
        <translation>离线，且本机从未读取过%1</translation>
    </message>
    <message>
        <source>Once the service answers, its rows appear by themselves and stay readable offline from then on.</source>
        <translation>服务恢复响应后数据会自动出现，此后离线也可查看。</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>读取%1</translation>
    </message>
    <message>
        <source>No right to see %1</source>
        <translation>没有查看%1的权限</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>暂停刷新%1</translation>
    </message>
    <message>
        <source>Go on reading %1</source>
        <translation>继续刷新%1</translation>
    </message>
    <message>
        <source>Paused: the rows stay as they are. Click to go on.</source>
        <translation>已暂停：各行保持不变。单击继续。</translation>
    </message>
    <message>
        <source>Read again every %1 s. Click to hold the rows.</source>
        <translation>每 %1 秒重新读取。单击可停住各行。</translation>
    </message>
    <message>
        <source>Change “%1” in its cell</source>
        <translation>在单元格中修改“%1”</translation>
    </message>
    <message>
        <source>F2, Enter or a double click on the cell</source>
        <translation>在单元格上按 F2、回车或双击</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>卡片</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Draft: this server may not know it yet</source>
        <translation>草案：该服务端可能还没有这个功能</translation>
    </message>
    <message>
        <source>An addition of the standalone service: this server may not know it</source>
        <translation>独立服务的扩展：该服务端可能没有这个功能</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草案</translation>
    </message>
    <message>
        <source>addition</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Export 1 row</source>
        <translation>导出 1 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>1 row copied</source>
        <translation>已复制 1 行</translation>
    </message>
    <message>
        <source>One row is there without them.</source>
        <translation>不加条件共有 1 行。</translation>
    </message>
</context>
<context>
    <name>kboss::RowHistory</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Done from here</source>
        <translation>在本机所做的操作</translation>
    </message>
    <message>
        <source>Nothing was changed from this console yet.</source>
        <translation>还没有在此控制台做过修改。</translation>
    </message>
    <message>
        <source>Seen on the service</source>
        <translation>在服务上看到的变化</translation>
    </message>
    <message>
        <source>No other version of this row was seen since it was first read.</source>
        <translation>自首次读取以来没有看到其他版本。</translation>
    </message>
    <message>
        <source>first seen</source>
        <translation>首次看到</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Its answer was lost; look at the row to see whether it was done.</source>
        <translation>结果未知；请查看该行确认是否已完成。</translation>
    </message>
    <message>
        <source>Not done: %1</source>
        <translation>未完成：%1</translation>
    </message>
</context>
<context>
    <name>kboss::SavedViews</name>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>View: %1</source>
        <translation>视图：%1</translation>
    </message>
    <message>
        <source>This view belongs to another table: %1</source>
        <translation>此视图属于另一张表：%1</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Conditions, columns and sort are kept under this name. A view of the same name is replaced.</source>
        <translation>以此名称保存条件、列和排序。同名视图会被替换。</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Write this view to a file</source>
        <translation>将视图写入文件</translation>
    </message>
    <message>
        <source>Read a view from a file</source>
        <translation>从文件读取视图</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Write the view</source>
        <translation>写入视图</translation>
    </message>
    <message>
        <source>Read the view</source>
        <translation>读取视图</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>移除“%1”</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>写入文件…</translation>
    </message>
    <message>
        <source>Read from a file…</source>
        <translation>从文件读取…</translation>
    </message>
</context>
<context>
    <name>kboss::SearchButton</name>
    <message>
        <source>Find or run</source>
        <translation>查找或执行</translation>
    </message>
    <message>
        <source>Find a page or run an action by name or pinyin initials (Ctrl+K)</source>
        <translation>按名称或拼音首字母查找页面、执行操作 (Ctrl+K)</translation>
    </message>
</context>
<context>
    <name>kboss::SessionWatcher</name>
    <message>
        <source>Connecting</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The local copy was brought to this version.</source>
        <translation>本地副本已升级到此版本。</translation>
    </message>
    <message>
        <source>The local copy was damaged. It was set aside as %1 and is being read anew.</source>
        <translation>本地副本已损坏，已另存为 %1，正在重新读取。</translation>
    </message>
    <message>
        <source>The local copy was written by a newer version (%1): it can be looked at, and is not changed.</source>
        <translation>本地副本由更新的版本 (%1) 写入：可以查看，不会被改动。</translation>
    </message>
    <message>
        <source>Installing a cluster</source>
        <translation>安装集群</translation>
    </message>
    <message>
        <source>Installing the cluster %1</source>
        <translation>安装集群 %1</translation>
    </message>
    <message>
        <source>Removing the cluster %1</source>
        <translation>移除集群 %1</translation>
    </message>
    <message>
        <source>Removing a node from the cluster %1</source>
        <translation>从集群 %1 移除节点</translation>
    </message>
</context>
<context>
    <name>kboss::SignInDialog</name>
    <message>
        <source>Looking for a keychain…</source>
        <translation>正在查找系统钥匙串…</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keychain and nowhere else.</source>
        <translation>只保存在本机钥匙串中，不在别处。</translation>
    </message>
    <message>
        <source>There is no keychain on this computer: you will be asked each time. Nothing is written to a file.</source>
        <translation>本机没有可用的钥匙串：每次都会询问，不会写入任何文件。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign in to “%1”</source>
        <translation>登录“%1”</translation>
    </message>
    <message>
        <source>Until then you see the local copy, and nothing can be changed.</source>
        <translation>登录之前显示本地副本，不能修改。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性代码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Billing token</source>
        <translation>计费令牌</translation>
    </message>
    <message>
        <source>Remember on this computer</source>
        <translation>在本机记住</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>kboss::StartPage</name>
    <message>
        <source>Kboss Console</source>
        <translation>Kboss 控制台</translation>
    </message>
    <message>
        <source>Connected as “%1”. Everything you read stays on this computer as a copy and works offline.</source>
        <translation>当前连接“%1”。读取过的数据都会在本机留有副本，离线可用。</translation>
    </message>
    <message>
        <source>One console for compute centers, nodes and accounts. Choose how to begin; both can be changed later.</source>
        <translation>管理算力中心、节点与账户的桌面控制台。请选择如何开始，之后都可以更改。</translation>
    </message>
    <message>
        <source>Version %1 · GPL-3.0-or-later · data in %2</source>
        <translation>版本 %1 · GPL-3.0-or-later · 数据位于 %2</translation>
    </message>
    <message>
        <source>Try it on this computer</source>
        <translation>在本机试用</translation>
    </message>
    <message>
        <source>Starts a service of its own here, filled with invented data. It is reached by this console only, needs no account, and everything can be changed without harm.</source>
        <translation>在本机启动一个独立服务，填入虚构的示例数据。只有此控制台能访问，无需账号，可以随意修改。</translation>
    </message>
    <message>
        <source>Small: 30 centers, 600 nodes, 2,000 billing accounts</source>
        <translation>小：30 个算力中心、600 个节点、2,000 个计费账户</translation>
    </message>
    <message>
        <source>Medium: 100,000 billing accounts</source>
        <translation>中：100,000 个计费账户</translation>
    </message>
    <message>
        <source>Large: 1,000,000 billing accounts, takes about a minute to fill</source>
        <translation>大：1,000,000 个计费账户，约需一分钟生成</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>You need its address, and a name and password, a token or a one-time code. Passwords are kept in this computer&apos;s keychain or nowhere.</source>
        <translation>需要服务器地址，以及用户名和密码、令牌或一次性代码。密码只保存在本机钥匙串，没有钥匙串则不保存。</translation>
    </message>
    <message>
        <source>Connect to a server…</source>
        <translation>连接服务器…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开%1</translation>
    </message>
    <message>
        <source>find a page or run an action</source>
        <translation>查找页面或执行操作</translation>
    </message>
    <message>
        <source>next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>tab into its own window</source>
        <translation>标签页移到独立窗口</translation>
    </message>
    <message>
        <source>narrow navigation</source>
        <translation>收窄导航</translation>
    </message>
</context>
<context>
    <name>kboss::TableHeader</name>
    <message>
        <source>Click to sort, with Shift as a further key</source>
        <translation>点击排序，按住 Shift 追加排序</translation>
    </message>
</context>
<context>
    <name>kboss::TotalsTable</name>
    <message>
        <source>%1 selected, by currency</source>
        <translation>已选 %1 行，按币种合计</translation>
    </message>
    <message>
        <source>All %1, by currency</source>
        <translation>匹配的 %1 行，按币种合计</translation>
    </message>
    <message>
        <source>one more currency</source>
        <translation>另有 1 个币种</translation>
    </message>
    <message>
        <source>%1 more currencies</source>
        <translation>另有 %1 个币种</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
</context>
<context>
    <name>kboss::Tour</name>
    <message>
        <source>%1 cannot be made</source>
        <translation>无法创建 %1</translation>
    </message>
    <message>
        <source>There is no connection</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>The connection failed</source>
        <translation>连接失败</translation>
    </message>
</context>
<context>
    <name>kboss::UndoFlow</name>
    <message>
        <source>Undoing the change</source>
        <translation>撤销操作</translation>
    </message>
    <message>
        <source>Undo this change to “%1”?</source>
        <translation>撤销对“%1”的这次修改吗？</translation>
    </message>
    <message>
        <source>These fields get their old values back. Before that the object is read again; if it was changed since, nothing is sent.</source>
        <translation>这些字段将恢复原值。执行前会重新读取并比对，若之后又被改动则不发送。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>This kind of change cannot be undone from here.</source>
        <translation>这类操作不能在这里撤销。</translation>
    </message>
</context>
<context>
    <name>kboss::Workspace</name>
    <message>
        <source>Leave “%1” without saving?</source>
        <translation>不保存就离开“%1”吗？</translation>
    </message>
    <message>
        <source>What you typed there and did not save will be lost.</source>
        <translation>已输入而未保存的内容会丢失。</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存并离开</translation>
    </message>
</context>
<context>
    <name>kboss::WriteController</name>
    <message>
        <source>Somebody changed this meanwhile; nothing was sent. %1</source>
        <translation>已被他人改动，未发送。%1</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile, so nothing was sent. %2</source>
        <translation>%1 已被改动，因此未发送。%2</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>已添加%1</translation>
    </message>
    <message>
        <source>%1 saved, %2 changes</source>
        <translation>%1已保存，%2 处修改</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>撤销%1</translation>
    </message>
    <message>
        <source>%1 is as it was before</source>
        <translation>%1 已恢复原样</translation>
    </message>
    <message>
        <source>%1: %2 rows</source>
        <translation>%1：%2 行</translation>
    </message>
    <message>
        <source>%1 “%2” will be removed from the service. This cannot be undone from here.</source>
        <translation>将从服务中移除%1“%2”。此操作不能在这里撤销。</translation>
    </message>
    <message>
        <source>These %1 rows will be removed from the service, one after another. This cannot be undone from here.</source>
        <translation>将从服务中逐一移除这 %1 行。此操作不能在这里撤销。</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>Type their number to go on.</source>
        <translation>输入它们的数量以继续。</translation>
    </message>
    <message>
        <source>%1 rows removed</source>
        <translation>已移除 %1 行</translation>
    </message>
    <message>
        <source>Remove %1 of %2 rows</source>
        <translation>移除 %2 行中的 %1 行</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 已移除</translation>
    </message>
    <message>
        <source>%1 saved, one change</source>
        <translation>%1已保存，1 处修改</translation>
    </message>
    <message>
        <source>1 row removed</source>
        <translation>已移除 1 行</translation>
    </message>
</context>
<context>
    <name>kboss::PickBox</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>读取中</translation>
    </message>
    <message>
        <source>no longer in the list</source>
        <translation>已不在列表中</translation>
    </message>
    <message>
        <source>“%1” is not in the list: choose one of it</source>
        <translation>列表中没有“%1”，请从列表中选择</translation>
    </message>
    <message>
        <source>What was chosen is no longer in the list</source>
        <translation>所选的已不在列表中</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Type to search</source>
        <translation>输入可搜索</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>kboss::FormOffers</name>
    <message>
        <source>Choose “%1” first</source>
        <translation>请先选择“%1”</translation>
    </message>
    <message>
        <source>This list was not read yet, and the service cannot be reached</source>
        <translation>该列表还未读取过，且现在连不上服务</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>正在读取列表…</translation>
    </message>
    <message>
        <source>The list could not be read: %1</source>
        <translation>列表读取失败：%1</translation>
    </message>
    <message>
        <source>There is none to choose from</source>
        <translation>没有可选的内容</translation>
    </message>
</context>
<context>
    <name>ClusterChanges</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Node ready</source>
        <translation>节点已就绪</translation>
    </message>
    <message>
        <source>Node not ready</source>
        <translation>节点未就绪</translation>
    </message>
    <message>
        <source>Node cordoned</source>
        <translation>停止调度</translation>
    </message>
    <message>
        <source>Trouble over</source>
        <translation>异常已消除</translation>
    </message>
    <message>
        <source>Node in trouble</source>
        <translation>节点异常</translation>
    </message>
    <message>
        <source>Labels changed</source>
        <translation>标签修改</translation>
    </message>
    <message>
        <source>Node joined</source>
        <translation>节点加入</translation>
    </message>
    <message>
        <source>Node left</source>
        <translation>节点离开</translation>
    </message>
    <message>
        <source>Cluster ready</source>
        <translation>集群已就绪</translation>
    </message>
    <message>
        <source>Cluster not ready</source>
        <translation>集群未就绪</translation>
    </message>
    <message>
        <source>Version changed</source>
        <translation>版本变更</translation>
    </message>
    <message>
        <source>Certificates renewed</source>
        <translation>证书已续期</translation>
    </message>
    <message>
        <source>Certificates end earlier</source>
        <translation>证书到期提前</translation>
    </message>
    <message>
        <source>End of service changed</source>
        <translation>停用日期修改</translation>
    </message>
    <message>
        <source>Cluster renamed</source>
        <translation>集群改名</translation>
    </message>
    <message>
        <source>Pod appeared</source>
        <translation>实例新增</translation>
    </message>
    <message>
        <source>Pod gone</source>
        <translation>实例消失</translation>
    </message>
    <message>
        <source>Pod in trouble</source>
        <translation>实例异常</translation>
    </message>
    <message>
        <source>Pod running</source>
        <translation>实例运行</translation>
    </message>
    <message>
        <source>Pod state changed</source>
        <translation>实例状态变化</translation>
    </message>
    <message>
        <source>Pod restarted</source>
        <translation>实例重启</translation>
    </message>
    <message>
        <source>Pod placed</source>
        <translation>实例已调度</translation>
    </message>
    <message>
        <source>Pod moved</source>
        <translation>实例迁移</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 个实例</translation>
    </message>
</context>
<context>
    <name>kboss::ClusterPage</name>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 % asked for</source>
        <translation>%1 % 已分配</translation>
    </message>
    <message>
        <source>asked for %1</source>
        <translation>已分配 %1</translation>
    </message>
    <message>
        <source>in use %1</source>
        <translation>实用 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩 %1</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>核</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>cards</source>
        <translation>卡</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>尚未就绪</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>In service %1 to %2</source>
        <translation>启用 %1 至 %2</translation>
    </message>
    <message>
        <source>Certificates until %1</source>
        <translation>证书到 %1</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>最近变化</translation>
    </message>
    <message>
        <source>Changes · %1 unread</source>
        <translation>最近变化 · %1 条未读</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>集群 %1</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>全部标为已读</translation>
    </message>
    <message>
        <source>Degraded: nodes not ready: %1</source>
        <translation>降级:%1 个节点未就绪</translation>
    </message>
    <message>
        <source>in trouble %1</source>
        <translation>异常 %1</translation>
    </message>
    <message>
        <source>waiting %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>other %1</source>
        <translation>其他 %1</translation>
    </message>
    <message>
        <source>running %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>Nothing has changed on the cluster, its nodes and its pods.</source>
        <translation>集群、节点和实例都没有变化。</translation>
    </message>
    <message>
        <source>Being removed</source>
        <translation>正在移除</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation>状态未知</translation>
    </message>
    <message>
        <source>Figures of %1</source>
        <translation>数据时间 %1</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>Nodes ready: %1 of %2</source>
        <translation>节点就绪 %1 / %2</translation>
    </message>
</context>
<context>
    <name>kboss::InstancePane</name>
    <message>
        <source>An instance needs a CPU, memory and a data disk</source>
        <translation>创建实例需要 CPU、内存和数据盘</translation>
    </message>
    <message>
        <source>Create an instance</source>
        <translation>创建实例</translation>
    </message>
    <message>
        <source>An instance has one %1: make a quote of its own for each model</source>
        <translation>一个实例只能有一种%1：请为每种型号单独报价</translation>
    </message>
    <message>
        <source>The amounts cannot be divided equally among %1 instances</source>
        <translation>数量无法平均分给 %1 个实例</translation>
    </message>
    <message>
        <source>As in the quote</source>
        <translation>与报价一致</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>system disk</source>
        <translation>系统盘</translation>
    </message>
    <message>
        <source>data disk</source>
        <translation>数据盘</translation>
    </message>
</context>
<context>
    <name>kboss::PartTreeModel</name>
    <message>
        <source>not on sale</source>
        <translation>未上架</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无货</translation>
    </message>
    <message>
        <source>Model and unit price</source>
        <translation>型号与单价</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩 %1</translation>
    </message>
</context>
<context>
    <name>kboss::PartsPane</name>
    <message>
        <source>Parts</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Model or initials</source>
        <translation>型号或拼音首字母</translation>
    </message>
</context>
<context>
    <name>kboss::PriceHead</name>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation>换算</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Subtotal (CNY)</source>
        <translation>小计(元)</translation>
    </message>
</context>
<context>
    <name>kboss::PriceLineDelegate</name>
    <message>
        <source>Does not fit, not in the total</source>
        <translation>放不下,未计入合计</translation>
    </message>
    <message>
        <source>What fits now</source>
        <translation>现在可行的方案</translation>
    </message>
    <message>
        <source>Placed on</source>
        <translation>放置在</translation>
    </message>
    <message>
        <source>This line (CNY)</source>
        <translation>本行(元)</translation>
    </message>
    <message>
        <source>New total (CNY)</source>
        <translation>新合计(元)</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>采用</translation>
    </message>
</context>
<context>
    <name>kboss::PriceLinesModel</name>
    <message>
        <source>What fits now</source>
        <translation>现在可行的方案</translation>
    </message>
</context>
<context>
    <name>Quote</name>
    <message>
        <source>The price has more digits than can be counted exactly.</source>
        <translation>价格位数过多,无法精确计算。</translation>
    </message>
    <message>
        <source>The price is in units that are not known: %1.</source>
        <translation>价格的单位无法识别:%1。</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例数</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Prices as of</source>
        <translation>价格时间</translation>
    </message>
    <message>
        <source>Quote %1</source>
        <translation>报价 %1</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation>换算</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Subtotal (CNY)</source>
        <translation>小计(元)</translation>
    </message>
    <message>
        <source>Not in the total: %1</source>
        <translation>未计入合计:%1</translation>
    </message>
    <message>
        <source>Sum before rounding</source>
        <translation>取整前合计</translation>
    </message>
    <message>
        <source>Rounded to 0.01, half up, once for the whole quote</source>
        <translation>四舍五入到 0.01,整张报价一次</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>A month has 30 days, a week 7 days, a day 24 hours; 1 Gi = 1,024 Mi.</source>
        <translation>一个月按 30 天、一周 7 天、一天 24 小时计;1 Gi = 1,024 Mi。</translation>
    </message>
    <message>
        <source>Made on %1.</source>
        <translation>制作于 %1。</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>The sum has more digits than can be counted exactly.</source>
        <translation>合计位数过多,无法精确计算。</translation>
    </message>
    <message>
        <source>units agree</source>
        <translation>单位一致</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Price of %1</source>
        <translation>%1 的价格</translation>
    </message>
    <message>
        <source>core</source>
        <translation>核</translation>
    </message>
    <message>
        <source>card</source>
        <translation>卡</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>h</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>day</source>
        <translation>天</translation>
    </message>
    <message>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>元</translation>
    </message>
    <message>
        <source>jiao</source>
        <translation>角</translation>
    </message>
    <message>
        <source>fen</source>
        <translation>分</translation>
    </message>
    <message>
        <source>thousandth of a core</source>
        <translation>毫核</translation>
    </message>
    <message>
        <source>%1 has %2 left</source>
        <translation>%1 剩 %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>核</translation>
    </message>
    <message>
        <source>cards</source>
        <translation>卡</translation>
    </message>
    <message>
        <source>%1 core</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 card</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>%1 cards</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>%1 hour</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 day</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 week</source>
        <translation>%1 周</translation>
    </message>
    <message>
        <source>%1 weeks</source>
        <translation>%1 周</translation>
    </message>
    <message>
        <source>%1 month</source>
        <translation>%1 个月</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1 个月</translation>
    </message>
    <message>
        <source>%1 does not sell %2.</source>
        <translation>%1 不出售 %2。</translation>
    </message>
    <message>
        <source>%1 is not on sale in %2.</source>
        <translation>%1 未在 %2 上架。</translation>
    </message>
    <message>
        <source>%1 has %2 of %3 left, %4 are asked for.</source>
        <translation>%1 的 %3 只剩 %2,需要 %4。</translation>
    </message>
    <message>
        <source>An instance has one model of %1, and another line has %2.</source>
        <translation>一个实例只能用一种型号的 %1,另一行已选 %2。</translation>
    </message>
    <message>
        <source>%1 cannot be divided equally among %2 instances.</source>
        <translation>%1 不能平均分给 %2 个实例。</translation>
    </message>
    <message>
        <source>An instance runs on one node: %1 has %2 of %3 left in all, a single node at most %4.</source>
        <translation>实例运行在一个节点上:%1 的 %3 共剩 %2,单个节点最多 %4。</translation>
    </message>
    <message>
        <source>An instance runs on one node: no node has %1 of %2 left beside the parts above.</source>
        <translation>实例运行在一个节点上:放下以上部件后,没有节点还剩 %1 的 %2。</translation>
    </message>
    <message>
        <source>Fits: the cluster has %1 left</source>
        <translation>放得下:集群剩 %1</translation>
    </message>
    <message>
        <source>nodes not known</source>
        <translation>节点情况未知</translation>
    </message>
    <message>
        <source>Split into %1 instances of %2, same in all</source>
        <translation>拆成 %1 个各 %2 的实例,总量不变</translation>
    </message>
    <message>
        <source>Take %1, still one instance</source>
        <translation>改为 %1,仍是一个实例</translation>
    </message>
    <message>
        <source>Take %1, still %2 instances</source>
        <translation>改为 %1,仍是 %2 个实例</translation>
    </message>
    <message>
        <source>%1 instead, %2</source>
        <translation>换成 %1,%2</translation>
    </message>
    <message>
        <source>The whole quote in %1</source>
        <translation>整张报价放到 %1</translation>
    </message>
    <message>
        <source>The service gives no price of this part that can be read.</source>
        <translation>服务没有给出该部件可读的价格。</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无价格</translation>
    </message>
    <message>
        <source>%1, without %2 that do not fit</source>
        <translation>%1,不含放不下的 %2 行</translation>
    </message>
    <message>
        <source>%1, without the one that does not fit</source>
        <translation>%1,不含放不下的 1 行</translation>
    </message>
    <message>
        <source>%1 line</source>
        <translation>%1 行</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteCheck</name>
    <message>
        <source>The service says %1: it multiplies amounts without converting units</source>
        <translation>服务端为 %1:它按数量直接相乘,不换算单位</translation>
    </message>
    <message>
        <source>The service says %1 with today's prices</source>
        <translation>按今天的价格,服务端为 %1</translation>
    </message>
    <message>
        <source>The service says %1</source>
        <translation>服务端为 %1</translation>
    </message>
    <message>
        <source>Offline: not checked with the service</source>
        <translation>离线:未与服务端核对</translation>
    </message>
    <message>
        <source>Checking with the service</source>
        <translation>正在与服务端核对</translation>
    </message>
    <message>
        <source>The service says the same</source>
        <translation>与服务端一致</translation>
    </message>
    <message>
        <source>The service refuses: %1</source>
        <translation>服务端拒绝:%1</translation>
    </message>
    <message>
        <source>The service could not be asked</source>
        <translation>无法询问服务端</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteDesk</name>
    <message>
        <source>Reading quotes</source>
        <translation>读取报价</translation>
    </message>
    <message>
        <source>Keeping what was typed</source>
        <translation>保存输入</translation>
    </message>
    <message>
        <source>Saving quote %1</source>
        <translation>保存报价 %1</translation>
    </message>
    <message>
        <source>Removing quote %1</source>
        <translation>删除报价 %1</translation>
    </message>
    <message>
        <source>Duplicating quote %1</source>
        <translation>复制报价 %1</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteHead</name>
    <message>
        <source>A day like 2026-12-31</source>
        <translation>日期,例如 2026-12-31</translation>
    </message>
    <message>
        <source>This day is past</source>
        <translation>这一天已过</translation>
    </message>
    <message>
        <source>Quote %1</source>
        <translation>报价 %1</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>instance created</source>
        <translation>已创建实例</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>changes not saved</source>
        <translation>有未保存的修改</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Prices and stock: %1</source>
        <translation>价格与库存:%1</translation>
    </message>
    <message>
        <source>= %1 h</source>
        <translation>= %1 小时</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例数</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Unit of the term</source>
        <translation>时长单位</translation>
    </message>
    <message>
        <source>Choose a center</source>
        <translation>选择算力中心</translation>
    </message>
    <message>
        <source>Choose a cluster</source>
        <translation>选择集群</translation>
    </message>
    <message>
        <source>Read prices and stock again</source>
        <translation>重新读取价格与库存</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>months</source>
        <translation>月</translation>
    </message>
    <message>
        <source>instance of version %1</source>
        <translation>版本 %1 已创建实例</translation>
    </message>
    <message>
        <source>instance of version %1 · now version %2</source>
        <translation>版本 %1 已创建实例 · 现为版本 %2</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteListModel</name>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>no longer valid</source>
        <translation>已过有效期</translation>
    </message>
    <message>
        <source>version %1, changed</source>
        <translation>第 %1 版,有修改</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Total (CNY)</source>
        <translation>合计(元)</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>最近修改</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteListPage</name>
    <message>
        <source>The file of quotes was damaged and set aside; a new one was begun</source>
        <translation>报价文件已损坏并另存,已新建一个</translation>
    </message>
    <message>
        <source>Reading quotes</source>
        <translation>正在读取报价</translation>
    </message>
    <message>
        <source>%1 quotes, kept on this computer</source>
        <translation>%1 张报价,保存在本机</translation>
    </message>
    <message>
        <source>No quote matches</source>
        <translation>没有符合的报价</translation>
    </message>
    <message>
        <source>No quote yet</source>
        <translation>还没有报价</translation>
    </message>
    <message>
        <source>Number, customer, center, cluster or model, also by pinyin initials.</source>
        <translation>可按编号、客户、算力中心、集群或型号查找,也可用拼音首字母。</translation>
    </message>
    <message>
        <source>A quote is made from the parts of a center, also without network. It stays on this computer.</source>
        <translation>报价由算力中心的部件组成,没有网络也能制作,保存在本机。</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>新建报价</translation>
    </message>
    <message>
        <source>Duplicate quote</source>
        <translation>复制报价</translation>
    </message>
    <message>
        <source>Delete quote %1?</source>
        <translation>删除报价 %1?</translation>
    </message>
    <message>
        <source>The draft goes. This cannot be undone.</source>
        <translation>草稿将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>All %1 versions go. This cannot be undone.</source>
        <translation>全部 %1 个版本将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>Delete quote</source>
        <translation>删除报价</translation>
    </message>
    <message>
        <source>Delete quote %1</source>
        <translation>删除报价 %1</translation>
    </message>
    <message>
        <source>%1 was deleted</source>
        <translation>已删除 %1</translation>
    </message>
    <message>
        <source>Number, customer, model or initials</source>
        <translation>编号、客户、型号或首字母</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Delete quote…</source>
        <translation>删除报价…</translation>
    </message>
    <message>
        <source>1 quote, kept on this computer</source>
        <translation>1 份报价,保存在本机</translation>
    </message>
    <message>
        <source>Its one version goes. This cannot be undone.</source>
        <translation>唯一的版本将被删除,无法恢复。</translation>
    </message>
</context>
<context>
    <name>kboss::QuotePage</name>
    <message>
        <source>%1 saved as version %2</source>
        <translation>%1 已保存为第 %2 版</translation>
    </message>
    <message>
        <source>The file of quotes was damaged and set aside; a new one was begun</source>
        <translation>报价文件已损坏并另存,已新建一个</translation>
    </message>
    <message>
        <source>Adopted: %1</source>
        <translation>已采用:%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Quote %1</source>
        <translation>报价 %1</translation>
    </message>
    <message>
        <source>A bar is what is left of the stock, amber below 10 %. This quote takes from %1 only.</source>
        <translation>横条为剩余库存,低于 10 % 变为琥珀色。本报价只从 %1 取用。</translation>
    </message>
    <message>
        <source>The price of a part has changed since it was picked: %1</source>
        <translation>选择之后,有一个部件的价格变了:%1</translation>
    </message>
    <message>
        <source>The prices of %1 parts have changed since they were picked: %2</source>
        <translation>选择之后,有 %1 个部件的价格变了:%2</translation>
    </message>
    <message>
        <source>This quote is an instance already</source>
        <translation>这张报价已创建实例</translation>
    </message>
    <message>
        <source>First see to the line that does not fit</source>
        <translation>请先处理放不下的一行</translation>
    </message>
    <message>
        <source>First see to the %1 lines that do not fit</source>
        <translation>请先处理放不下的 %1 行</translation>
    </message>
    <message>
        <source>This profile is read-only</source>
        <translation>此连接为只读</translation>
    </message>
    <message>
        <source>Offline: an instance needs the service</source>
        <translation>离线:创建实例需要服务端</translation>
    </message>
    <message>
        <source>First take over the prices that changed</source>
        <translation>请先采用变化后的价格</translation>
    </message>
    <message>
        <source>The service has another price</source>
        <translation>服务端的价格不同</translation>
    </message>
    <message>
        <source>There is no quote %1</source>
        <translation>没有报价 %1</translation>
    </message>
    <message>
        <source>It was removed, maybe in another window.</source>
        <translation>它已被删除,可能是在另一个窗口中。</translation>
    </message>
    <message>
        <source>No center is chosen</source>
        <translation>未选择算力中心</translation>
    </message>
    <message>
        <source>Choose the compute center above: its parts and their stock stand here.</source>
        <translation>请在上方选择算力中心:这里会显示它的部件与库存。</translation>
    </message>
    <message>
        <source>This center sells no parts</source>
        <translation>该算力中心没有可售部件</translation>
    </message>
    <message>
        <source>Parts and their prices are added under Parts.</source>
        <translation>部件与价格在“算力部件”中添加。</translation>
    </message>
    <message>
        <source>Offline, and these parts were never read</source>
        <translation>离线,且从未读取过这些部件</translation>
    </message>
    <message>
        <source>Once they were read, quotes can be made without the service.</source>
        <translation>读取一次之后,没有服务端也能报价。</translation>
    </message>
    <message>
        <source>The parts could not be read</source>
        <translation>无法读取部件</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading parts and stock</source>
        <translation>正在读取部件与库存</translation>
    </message>
    <message>
        <source>Nothing is picked yet</source>
        <translation>还没有选择部件</translation>
    </message>
    <message>
        <source>Take parts at the left with + or by typing an amount. The price stands here line by line.</source>
        <translation>在左侧按 + 或输入数量选择部件,这里逐行显示价格。</translation>
    </message>
    <message>
        <source>Choose another center?</source>
        <translation>更换算力中心?</translation>
    </message>
    <message>
        <source>Each center sells its own parts at its own prices: the %1 picked parts will be taken out.</source>
        <translation>各算力中心的部件与价格不同:已选的 %1 个部件将被移除。</translation>
    </message>
    <message>
        <source>Take them out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Delete quote %1?</source>
        <translation>删除报价 %1?</translation>
    </message>
    <message>
        <source>The draft goes. This cannot be undone.</source>
        <translation>草稿将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>All %1 versions go. This cannot be undone.</source>
        <translation>全部 %1 个版本将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>Delete quote</source>
        <translation>删除报价</translation>
    </message>
    <message>
        <source>%1 was deleted</source>
        <translation>已删除 %1</translation>
    </message>
    <message>
        <source>Save quote</source>
        <translation>保存报价</translation>
    </message>
    <message>
        <source>Copy calculation</source>
        <translation>复制计算过程</translation>
    </message>
    <message>
        <source>Export PDF…</source>
        <translation>导出 PDF…</translation>
    </message>
    <message>
        <source>Export XLSX…</source>
        <translation>导出 XLSX…</translation>
    </message>
    <message>
        <source>Duplicate quote</source>
        <translation>复制报价</translation>
    </message>
    <message>
        <source>Back to the saved version</source>
        <translation>恢复到已保存的版本</translation>
    </message>
    <message>
        <source>Take over prices</source>
        <translation>采用新价格</translation>
    </message>
    <message>
        <source>Create instance…</source>
        <translation>创建实例…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Delete quote…</source>
        <translation>删除报价…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Price, line by line</source>
        <translation>逐行价格</translation>
    </message>
    <message>
        <source>%1 exported to %2</source>
        <translation>%1 已导出到 %2</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>The calculation of %1 is on the clipboard</source>
        <translation>%1 的计算过程已复制到剪贴板</translation>
    </message>
    <message>
        <source>The lines that do not fit are shown as such; the total is without them.</source>
        <translation>放不下的行会注明,合计不含这些行。</translation>
    </message>
    <message>
        <source>The whole calculation with every line, exact.</source>
        <translation>完整计算过程,逐行精确。</translation>
    </message>
    <message>
        <source>Export PDF</source>
        <translation>导出 PDF</translation>
    </message>
    <message>
        <source>Export XLSX</source>
        <translation>导出 XLSX</translation>
    </message>
    <message>
        <source>The service's price is being asked for</source>
        <translation>正在核对服务端价格</translation>
    </message>
    <message>
        <source>The service's price is not known</source>
        <translation>服务端价格未知</translation>
    </message>
    <message>
        <source>More clusters in the list above: %1.</source>
        <translation>另有 %1 个集群,见上方列表。</translation>
    </message>
    <message>
        <source>Its one version goes. This cannot be undone.</source>
        <translation>唯一的版本将被删除,无法恢复。</translation>
    </message>
    <message>
        <source>First save the quote: an instance has the numbers of a saved version</source>
        <translation>请先保存报价:实例以已保存版本的数字为准</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteTotals</name>
    <message>
        <source>Sum before rounding</source>
        <translation>取整前合计</translation>
    </message>
    <message>
        <source>Rounded to 0.01</source>
        <translation>取整到 0.01</translation>
    </message>
    <message>
        <source>half up, once for the whole quote</source>
        <translation>四舍五入,整张报价一次</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>元</translation>
    </message>
    <message>
        <source>Against version %1</source>
        <translation>与第 %1 版相比</translation>
    </message>
    <message>
        <source>Version %1 → %2</source>
        <translation>第 %1 版 → %2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
</context>
<context>
    <name>kboss::ResourceModel</name>
    <message>
        <source>Without %1</source>
        <translation>无%1</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 troubled</source>
        <translation>%1 个异常</translation>
    </message>
</context>
<context>
    <name>kboss::RowChooser</name>
    <message>
        <source>Find by name</source>
        <translation>按名称查找</translation>
    </message>
    <message>
        <source>Find in %1</source>
        <translation>在%1中查找</translation>
    </message>
    <message>
        <source>Nothing of that name</source>
        <translation>没有这个名称</translation>
    </message>
</context>
<context>
    <name>kboss::ScopeBar</name>
    <message>
        <source>Not chosen</source>
        <translation>未选择</translation>
    </message>
</context>
<context>
    <name>kboss::ScopedPage</name>
    <message>
        <source>There is no %1 yet</source>
        <translation>还没有%1</translation>
    </message>
    <message>
        <source>%1 belong to one. They appear here once it is there.</source>
        <translation>%1隶属于它,有了之后会显示在这里。</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>无法读取%1</translation>
    </message>
    <message>
        <source>Without them nobody knows whose %1 to show. They are read again by themselves.</source>
        <translation>没有它们就无法确定显示谁的%1,稍后会自动重新读取。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取%1</translation>
    </message>
    <message>
        <source>No %1 is chosen</source>
        <translation>未选择%1</translation>
    </message>
    <message>
        <source>Choose it above: %1 belong to one.</source>
        <translation>请在上方选择:%1隶属于它。</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>选择%1</translation>
    </message>
</context>
<context>
    <name>PercentChange</name>
    <message>
        <source>half up</source>
        <translation>四舍五入</translation>
    </message>
    <message>
        <source>half to even</source>
        <translation>四舍六入五成双</translation>
    </message>
    <message>
        <source>always down</source>
        <translation>一律舍去</translation>
    </message>
    <message>
        <source>always up</source>
        <translation>一律进位</translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it as 5 or −12.5</source>
        <translation>“%1”不是数字，请写成 5 或 −12.5</translation>
    </message>
    <message>
        <source>%1 % would leave nothing of it: more than −100 is needed</source>
        <translation>%1 % 会把它降到 0 或以下：必须大于 −100</translation>
    </message>
    <message>
        <source>At most %1 decimals in the percent</source>
        <translation>百分比最多 %1 位小数</translation>
    </message>
    <message>
        <source>The result has more digits than can be counted exactly</source>
        <translation>结果位数过多，无法精确计算</translation>
    </message>
    <message>
        <source>%1 is below zero</source>
        <translation>结果 %1 小于 0</translation>
    </message>
    <message>
        <source>%1 has more than %2 decimals</source>
        <translation>%1 超过 %2 位小数</translation>
    </message>
    <message>
        <source>%1 becomes 0 when rounded: more decimals are needed</source>
        <translation>%1 舍入后变成 0：需要更多小数位</translation>
    </message>
    <message>
        <source>New = old × %1, rounded %3 to %2 decimals</source>
        <translation>新值 = 原值 × %1，%3，保留 %2 位小数</translation>
    </message>
    <message>
        <source>New = old × %1, not rounded: at most %2 decimals</source>
        <translation>新值 = 原值 × %1，不舍入，最多 %2 位小数</translation>
    </message>
</context>
<context>
    <name>Stock</name>
    <message>
        <source>no stock here</source>
        <translation>此处无库存</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>low: %1 left, %2 % or less</source>
        <translation>紧张：剩余 %1，不超过 %2 %</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>无人使用</translation>
    </message>
</context>
<context>
    <name>PartSpec</name>
    <message>
        <source>Not a list of parts</source>
        <translation>不是部件清单</translation>
    </message>
    <message>
        <source>The center does not sell this part now</source>
        <translation>算力中心目前不提供该部件</translation>
    </message>
</context>
<context>
    <name>kboss::PercentBox</name>
    <message>
        <source>Change in percent</source>
        <translation>按百分比调整</translation>
    </message>
    <message>
        <source>+5 or −12.5</source>
        <translation>+5 或 −12.5</translation>
    </message>
    <message>
        <source>Decimals of the result</source>
        <translation>结果的小数位数</translation>
    </message>
    <message>
        <source>decimals</source>
        <translation>位小数</translation>
    </message>
    <message>
        <source>How it is rounded</source>
        <translation>舍入方式</translation>
    </message>
    <message>
        <source>round %1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>do not round</source>
        <translation>不舍入</translation>
    </message>
    <message>
        <source>Reckoned exactly from each row's own value</source>
        <translation>按每一行自己的值精确计算</translation>
    </message>
</context>
<context>
    <name>kboss::InlineEdit</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Enter saves · Esc leaves</source>
        <translation>回车保存 · Esc 离开</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>%1, no change yet</source>
        <translation>%1，尚未修改</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>不保存就离开？</translation>
    </message>
    <message>
        <source>%1: what you typed was not sent and would be lost.</source>
        <translation>%1：您填写的内容尚未发送，离开将丢失。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>kboss::StockBars</name>
    <message>
        <source>All clusters</source>
        <translation>全部集群</translation>
    </message>
    <message>
        <source>Stock by cluster</source>
        <translation>各集群库存</translation>
    </message>
</context>
<context>
    <name>kboss::PriceTraceView</name>
    <message>
        <source>The prices of the parts were not read yet, and the service cannot be reached</source>
        <translation>尚未读取部件价格，且无法连接服务</translation>
    </message>
    <message>
        <source>Reading the prices of the parts…</source>
        <translation>正在读取部件价格…</translation>
    </message>
    <message>
        <source>The customer chooses the parts. One of each for %1 = %2 h:</source>
        <translation>由客户自选部件。每种部件各 1 份，租期 %1 = %2 小时：</translation>
    </message>
    <message>
        <source>%1 = %2 h</source>
        <translation>%1 = %2 小时</translation>
    </message>
    <message>
        <source>This cluster has no parts on sale</source>
        <translation>该集群没有在售部件</translation>
    </message>
    <message>
        <source>Price for the term (CNY)</source>
        <translation>租期价格（元）</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无价格</translation>
    </message>
    <message>
        <source>reckoned here; the service gave no price</source>
        <translation>由本地计算；服务未给出价格</translation>
    </message>
    <message>
        <source>the service says the same</source>
        <translation>与服务给出的价格一致</translation>
    </message>
    <message>
        <source>the service says %1</source>
        <translation>服务给出 %1</translation>
    </message>
</context>
<context>
    <name>kboss::SpecBox</name>
    <message>
        <source>Add a part</source>
        <translation>添加部件</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Take this part out</source>
        <translation>移除此部件</translation>
    </message>
    <message>
        <source>Choose a part, or take the line out</source>
        <translation>请选择部件，或移除这一行</translation>
    </message>
    <message>
        <source>%1: say how much of it</source>
        <translation>%1：请填写数量</translation>
    </message>
    <message>
        <source>%1: “%2” is no whole amount above 0</source>
        <translation>%1：“%2”不是大于 0 的整数数量</translation>
    </message>
    <message>
        <source>%1 is there twice: put the amounts together</source>
        <translation>%1 重复了：请合并数量</translation>
    </message>
    <message>
        <source>%1 for a month: %2 CNY</source>
        <translation>%1，每月 %2 元</translation>
    </message>
</context>
<context>
    <name>PodWords</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等另外 %2 个</translation>
    </message>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>Not an amount: 500m or 2 for cores, 512Mi or 2Gi for memory and disks</source>
        <translation>不是数量：核数写 500m 或 2，内存和磁盘写 512Mi 或 2Gi</translation>
    </message>
    <message>
        <source>Must be more than 0</source>
        <translation>必须大于 0</translation>
    </message>
    <message>
        <source>A port is 1 to 65535</source>
        <translation>端口为 1 到 65535</translation>
    </message>
    <message>
        <source>A node port is 30000 to 32767</source>
        <translation>节点端口为 30000 到 32767</translation>
    </message>
    <message>
        <source>Not a label: letters, digits, '-', '_' and '.', at most 63 each (app:web, disk=ssd)</source>
        <translation>不是标签：键和值各为字母、数字、“-”“_”“.”，最长 63（app:web、disk=ssd）</translation>
    </message>
    <message>
        <source>A path begins with /, is more than /, and has no .. and no colon</source>
        <translation>路径以 / 开头，不能只是 /，不能含 .. 或冒号</translation>
    </message>
    <message>
        <source>A name has letters or digits, at most 63</source>
        <translation>名称要含字母或数字，最长 63</translation>
    </message>
    <message>
        <source>Jobs restart on failure or never, the others always</source>
        <translation>Job 和 CronJob 在失败时重启或从不重启，其他控制器总是重启</translation>
    </message>
    <message>
        <source>Only StatefulSet and Deployment have replicas</source>
        <translation>只有 StatefulSet 和 Deployment 可以有多个副本</translation>
    </message>
    <message>
        <source>There is no such choice</source>
        <translation>没有这个选项</translation>
    </message>
    <message>
        <source>The image does not go with the kind</source>
        <translation>镜像与实例类型不符</translation>
    </message>
    <message>
        <source>GPUs need a model</source>
        <translation>分配 GPU 时必须指定型号</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>System disk</source>
        <translation>系统盘</translation>
    </message>
    <message>
        <source>Data disk</source>
        <translation>数据盘</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 cards</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>Would run on %1</source>
        <translation>将运行在 %1</translation>
    </message>
    <message>
        <source>No node may carry it: none is open to pods with this model and these labels</source>
        <translation>没有节点可以承载：没有可调度且符合型号与标签的节点</translation>
    </message>
    <message>
        <source>It runs on every node that may carry it, and %1 cannot hold it: it lacks %2</source>
        <translation>它在每个可承载的节点上运行，而 %1 容纳不下：还差 %2</translation>
    </message>
    <message>
        <source>There is room for %1 of %2 replicas</source>
        <translation>只放得下 %2 个副本中的 %1 个</translation>
    </message>
    <message>
        <source>No single node can hold it. The nearest, %1, lacks %2</source>
        <translation>没有一个节点能容纳全部资源。最接近的 %1 还差 %2</translation>
    </message>
    <message>
        <source>Goes: %1</source>
        <translation>删除：%1</translation>
    </message>
    <message>
        <source>Goes: %1 pods, %2</source>
        <translation>删除：%1 个实例，%2</translation>
    </message>
    <message>
        <source>Comes back: %1 %2, %3, on %4</source>
        <translation>归还：%1 %2，%3，节点 %4</translation>
    </message>
    <message>
        <source>Stays: %1</source>
        <translation>保留：%1</translation>
    </message>
    <message>
        <source>%1 core</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 card</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>Others, closed to it (control, cordoned, another model or label): %1.</source>
        <translation>另有 %1 个节点不可用：控制节点、停止调度、型号或标签不符。</translation>
    </message>
    <message>
        <source>What it has now stays taken until the cluster has answered: there must be room for both.</source>
        <translation>在集群应答之前，现有资源仍被占用：需要同时容纳修改前后的两份。</translation>
    </message>
    <message>
        <source>Nodes that can hold one: none of %1.</source>
        <translation>%1 个节点都放不下一个副本。</translation>
    </message>
    <message>
        <source>Nodes that can hold one: %1 of %2 (%3).</source>
        <translation>%2 个节点中有 %1 个能放下一个副本：%3。</translation>
    </message>
    <message>
        <source>Goes: one pod, %1</source>
        <translation>删除：1 个实例，%1</translation>
    </message>
</context>
<context>
    <name>PodForm</name>
    <message>
        <source>Workload</source>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>Image and start</source>
        <translation>镜像与启动</translation>
    </message>
    <message>
        <source>Resources of one replica</source>
        <translation>每个副本的资源</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Node selector</source>
        <translation>节点选择器</translation>
    </message>
    <message>
        <source>First account</source>
        <translation>初始账号</translation>
    </message>
    <message>
        <source>%1 has this node port already</source>
        <translation>%1 已占用此节点端口</translation>
    </message>
    <message>
        <source>Runs once on every node of the cluster that may carry it.</source>
        <translation>在集群中每个可承载的节点上各运行一个。</translation>
    </message>
    <message>
        <source>Runs once to its end, with at most six new tries.</source>
        <translation>运行一次直到结束，最多重试六次。</translation>
    </message>
    <message>
        <source>A pod alone: nobody starts it again when its node fails.</source>
        <translation>独立 Pod：节点故障时没有控制器重新启动它。</translation>
    </message>
    <message>
        <source>Free in this cluster: %1.</source>
        <translation>本集群可用：%1。</translation>
    </message>
    <message>
        <source>Reached through the cluster's ingress; no port of the nodes is taken.</source>
        <translation>通过集群的 Ingress 访问，不占用节点端口。</translation>
    </message>
    <message>
        <source>Reached through the cluster's load balancer; it gives the outside port.</source>
        <translation>通过集群的负载均衡访问，外部端口由它分配。</translation>
    </message>
    <message>
        <source>MySQL's first account is root: the password becomes root's.</source>
        <translation>MySQL 的初始账号是 root：此密码即 root 的密码。</translation>
    </message>
    <message>
        <source>on %1 workers</source>
        <translation>%1 个工作节点</translation>
    </message>
    <message>
        <source>Starts at every full hour, never twice at a time; one pod each time. The service has no field for another schedule.</source>
        <translation>每个整点运行一次，同一时间只运行一个，每次一个实例。服务没有设置其他运行计划的字段。</translation>
    </message>
    <message>
        <source>Empty: any worker. Workers in all: %1.</source>
        <translation>留空：任意工作节点，共 %1 个。</translation>
    </message>
    <message>
        <source>Workers that carry all of these: %1 of %2.</source>
        <translation>%2 个工作节点中有 %1 个带有这些标签。</translation>
    </message>
    <message>
        <source>on one worker</source>
        <translation>在 1 个工作节点上</translation>
    </message>
</context>
<context>
    <name>kboss::StockList</name>
    <message>
        <source>%1: needs %2, free %3</source>
        <translation>%1：需要 %2，可用 %3</translation>
    </message>
    <message>
        <source>%1: needs %2, free %3, missing %4</source>
        <translation>%1：需要 %2，可用 %3，还差 %4</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>还差</translation>
    </message>
</context>
<context>
    <name>kboss::PodOutcome</name>
    <message>
        <source>not sold here</source>
        <translation>本中心没有</translation>
    </message>
    <message>
        <source>Not complete</source>
        <translation>未填完整</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>可以容纳</translation>
    </message>
    <message>
        <source>No node for it</source>
        <translation>没有可用节点</translation>
    </message>
    <message>
        <source>Does not fit on a node</source>
        <translation>节点容纳不下</translation>
    </message>
    <message>
        <source>Not enough stock</source>
        <translation>库存不足</translation>
    </message>
    <message>
        <source>Still to see to: %1</source>
        <translation>尚需处理：%1</translation>
    </message>
    <message>
        <source>Offline: not checked with the service</source>
        <translation>离线：未与服务核对</translation>
    </message>
    <message>
        <source>Checking with the service</source>
        <translation>正在与服务核对</translation>
    </message>
    <message>
        <source>The service says the same</source>
        <translation>服务的结论相同</translation>
    </message>
    <message>
        <source>The service has room for it</source>
        <translation>服务认为可以容纳</translation>
    </message>
    <message>
        <source>The service would refuse it</source>
        <translation>服务会拒绝</translation>
    </message>
    <message>
        <source>The service could not be asked</source>
        <translation>无法询问服务</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>修改前后</translation>
    </message>
    <message>
        <source>Before and after · %1</source>
        <translation>修改前后 · %1</translation>
    </message>
    <message>
        <source>Stock and room</source>
        <translation>库存与容纳</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Copy YAML</source>
        <translation>复制 YAML</translation>
    </message>
    <message>
        <source>YAML preview</source>
        <translation>YAML 预览</translation>
    </message>
    <message>
        <source>Changes of the YAML</source>
        <translation>YAML 的变化</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚无修改。</translation>
    </message>
    <message>
        <source>Before sending, the row is read again and compared. If somebody changed it meanwhile, nothing is overwritten.</source>
        <translation>发送前会重新读取并比对此行。若期间被他人改动，不会覆盖。</translation>
    </message>
    <message>
        <source>Stands here once everything is filled in.</source>
        <translation>填写完整后在此显示。</translation>
    </message>
</context>
<context>
    <name>kboss::PodEditorPage</name>
    <message>
        <source>The YAML is on the clipboard, without the password</source>
        <translation>YAML 已复制，不含密码</translation>
    </message>
    <message>
        <source>“%1” was never read, and the service cannot be reached: nobody knows what is free.</source>
        <translation>从未读取过“%1”，且服务无法连接：不知道还有多少可用。</translation>
    </message>
    <message>
        <source>Reading “%1”…</source>
        <translation>正在读取“%1”…</translation>
    </message>
    <message>
        <source>“%1” could not be read: %2</source>
        <translation>“%1”读取失败：%2</translation>
    </message>
    <message>
        <source>The service gives the ID and knows the customer: “new” and “customer” stand in their places.</source>
        <translation>ID 由服务分配，客户由服务确定：此处以“new”和“customer”代替。</translation>
    </message>
    <message>
        <source>As it was when everything was complete.</source>
        <translation>此为最近一次填写完整时的内容。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取%1</translation>
    </message>
    <message>
        <source>Offline, and this was never read</source>
        <translation>离线，且从未读取过</translation>
    </message>
    <message>
        <source>It appears by itself once the service answers.</source>
        <translation>服务恢复后会自动显示。</translation>
    </message>
    <message>
        <source>This configuration is gone</source>
        <translation>此配置已不存在</translation>
    </message>
    <message>
        <source>This cluster is gone</source>
        <translation>此集群已不存在</translation>
    </message>
    <message>
        <source>It was removed, maybe by somebody else.</source>
        <translation>它已被删除，可能是他人所为。</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1读取失败</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>集群 %1</translation>
    </message>
    <message>
        <source>Stock and nodes: %1</source>
        <translation>库存与节点：%1</translation>
    </message>
    <message>
        <source>Save configuration</source>
        <translation>保存配置</translation>
    </message>
    <message>
        <source>Read stock and nodes again</source>
        <translation>重新读取库存与节点</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制为新配置</translation>
    </message>
</context>
<context>
    <name>kboss::PodRemoval</name>
    <message>
        <source>and %1 more, each with its objects and stock</source>
        <translation>另有 %1 个，各自的对象与库存同样处理</translation>
    </message>
    <message>
        <source>Its pods or the stock of its nodes could not be read just now.</source>
        <translation>暂时无法读取它的实例或节点库存。</translation>
    </message>
</context>
<context>
    <name>kboss::ServerJobs</name>
    <message>
        <source>No longer watched from here. It goes on in the service.</source>
        <translation>这里不再跟踪，任务在服务端继续进行。</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>完成：%1</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Failed: %1. %2</source>
        <translation>失败：%1。%2</translation>
    </message>
    <message>
        <source>Show the job</source>
        <translation>查看任务</translation>
    </message>
</context>
<context>
    <name>InstallCheckWords</name>
    <message>
        <source>Rights of root</source>
        <translation>root 权限</translation>
    </message>
    <message>
        <source>The installation changes the system. Without root or a working sudo nothing can be installed on this host.</source>
        <translation>安装需要修改系统。没有 root 或可用的 sudo，这台主机上什么都装不了。</translation>
    </message>
    <message>
        <source>At least 2 CPUs</source>
        <translation>CPU 不少于 2 核</translation>
    </message>
    <message>
        <source>The API server, the scheduler and etcd share the CPUs. With one they starve each other under load.</source>
        <translation>API 服务、调度器和 etcd 共用 CPU。只有 1 核时，一有负载就会互相拖垮。</translation>
    </message>
    <message>
        <source>At least 1,700 MB of memory</source>
        <translation>内存不少于 1,700 MB</translation>
    </message>
    <message>
        <source>The control plane needs that much before any workload. With less the kernel ends its processes.</source>
        <translation>控制面自身就需要这么多内存。不足时内核会杀掉它的进程。</translation>
    </message>
    <message>
        <source>Kernel and cgroup</source>
        <translation>内核与 cgroup</translation>
    </message>
    <message>
        <source>Containers are kept apart by the kernel. cgroup v1 is in maintenance, and kubelet 1.35 and later refuses it.</source>
        <translation>容器靠内核隔离。cgroup v1 已进入维护期，kubelet 1.35 起默认拒绝。</translation>
    </message>
    <message>
        <source>Swap is off</source>
        <translation>交换分区已关闭</translation>
    </message>
    <message>
        <source>A kubelet plans with memory that is really there. With swap, pods slow down instead of being moved, and limits are not kept.</source>
        <translation>kubelet 按真实内存调度。有交换分区时，Pod 会变慢而不是被迁走，内存上限也不准。</translation>
    </message>
    <message>
        <source>Host name as planned</source>
        <translation>主机名与方案一致</translation>
    </message>
    <message>
        <source>The node is known by this name for good. Another name leads logs, certificates and people astray.</source>
        <translation>节点从此以这个名字登记。名字不一致会让日志、证书和人都对不上。</translation>
    </message>
    <message>
        <source>Container runtime answers</source>
        <translation>容器运行时应答</translation>
    </message>
    <message>
        <source>The kubelet runs every container through it.</source>
        <translation>kubelet 通过它运行所有容器。</translation>
    </message>
    <message>
        <source>Version of the container runtime</source>
        <translation>容器运行时版本</translation>
    </message>
    <message>
        <source>The kubelet has to know the runtime&apos;s interface.</source>
        <translation>kubelet 必须支持运行时的接口版本。</translation>
    </message>
    <message>
        <source>kubelet is enabled</source>
        <translation>kubelet 服务已启用</translation>
    </message>
    <message>
        <source>Without it the node does not come back after a restart.</source>
        <translation>未启用时，主机重启后节点不会回来。</translation>
    </message>
    <message>
        <source>Version of kubelet</source>
        <translation>kubelet 版本</translation>
    </message>
    <message>
        <source>A kubelet newer than the control plane, or three versions older, is refused.</source>
        <translation>kubelet 比控制面新，或旧三个版本以上，都会被拒绝。</translation>
    </message>
    <message>
        <source>IPv4 forwarding is on</source>
        <translation>IPv4 转发已打开</translation>
    </message>
    <message>
        <source>Traffic of pods across hosts is forwarded by this host. At 0 kubeadm refuses, and pods here reach no other host.</source>
        <translation>跨主机的 Pod 流量由本机转发。此值为 0 时 kubeadm 拒绝加入，本机上的 Pod 也到不了其他主机。</translation>
    </message>
    <message>
        <source>IPv6 forwarding is on</source>
        <translation>IPv6 转发已打开</translation>
    </message>
    <message>
        <source>API port is free</source>
        <translation>API 端口空闲</translation>
    </message>
    <message>
        <source>The API server listens here. Another program at this port keeps it from starting.</source>
        <translation>API 服务监听此端口。被其他程序占用时无法启动。</translation>
    </message>
    <message>
        <source>Scheduler&apos;s port is free</source>
        <translation>调度器端口空闲</translation>
    </message>
    <message>
        <source>The scheduler listens here. Another program at this port keeps it from starting.</source>
        <translation>调度器监听此端口。被其他程序占用时无法启动。</translation>
    </message>
    <message>
        <source>Controller&apos;s port is free</source>
        <translation>控制器端口空闲</translation>
    </message>
    <message>
        <source>The controller manager listens here. Another program at this port keeps it from starting.</source>
        <translation>控制器监听此端口。被其他程序占用时无法启动。</translation>
    </message>
    <message>
        <source>kubelet&apos;s port is free</source>
        <translation>kubelet 端口空闲</translation>
    </message>
    <message>
        <source>The kubelet listens here: logs, shells and metrics of pods come through it.</source>
        <translation>kubelet 监听此端口，Pod 的日志、终端和指标都经过它。</translation>
    </message>
    <message>
        <source>etcd&apos;s client port is free</source>
        <translation>etcd 客户端端口空闲</translation>
    </message>
    <message>
        <source>The API server speaks with etcd here.</source>
        <translation>API 服务通过此端口访问 etcd。</translation>
    </message>
    <message>
        <source>etcd&apos;s peer port is free</source>
        <translation>etcd 成员端口空闲</translation>
    </message>
    <message>
        <source>The members of etcd speak with each other here.</source>
        <translation>etcd 各成员通过此端口同步。</translation>
    </message>
    <message>
        <source>etcd&apos;s folder is empty</source>
        <translation>etcd 目录为空</translation>
    </message>
    <message>
        <source>Old data would make this host a member of a cluster that is gone.</source>
        <translation>旧数据会让这台主机变成一个已不存在的集群的成员。</translation>
    </message>
    <message>
        <source>kubeadm&apos;s own checks ran</source>
        <translation>kubeadm 自检已运行</translation>
    </message>
    <message>
        <source>What kubeadm finds is what it will later refuse. Where kubeadm is not installed yet, it checks itself before it begins.</source>
        <translation>kubeadm 此时发现的，就是它之后会拒绝的。尚未安装 kubeadm 的主机，会在安装开始前自检。</translation>
    </message>
    <message>
        <source>firewalld lets the cluster through</source>
        <translation>firewalld 已放行</translation>
    </message>
    <message>
        <source>A closed port looks like a host that is down.</source>
        <translation>端口不通，看上去就像主机宕机。</translation>
    </message>
    <message>
        <source>The API is not behind a proxy</source>
        <translation>API 不经过代理</translation>
    </message>
    <message>
        <source>Traffic of the cluster must not go through a proxy.</source>
        <translation>集群内部流量不能经过代理。</translation>
    </message>
    <message>
        <source>The cluster&apos;s ranges are not behind a proxy</source>
        <translation>集群网段不经过代理</translation>
    </message>
    <message>
        <source>Images can be pulled</source>
        <translation>镜像可拉取</translation>
    </message>
    <message>
        <source>Without them the control plane does not start.</source>
        <translation>拉不到镜像，控制面就无法启动。</translation>
    </message>
    <message>
        <source>Operating system is known</source>
        <translation>操作系统受支持</translation>
    </message>
    <message>
        <source>The installation knows Debian and Ubuntu on amd64 and arm64.</source>
        <translation>安装程序支持 amd64 和 arm64 上的 Debian 与 Ubuntu。</translation>
    </message>
    <message>
        <source>Free space of /var ≥ 100 GB</source>
        <translation>/var 可用 ≥ 100 GB</translation>
    </message>
    <message>
        <source>Images, logs and etcd live there. When it is full the kubelet evicts pods and etcd stops. Under 20 GB is an error.</source>
        <translation>镜像、日志和 etcd 都在这里。写满后 kubelet 会驱逐 Pod，etcd 会停。低于 20 GB 视为未通过。</translation>
    </message>
    <message>
        <source>Write to disk, p99 ≤ 10 ms</source>
        <translation>落盘 p99 ≤ 10 ms</translation>
    </message>
    <message>
        <source>etcd waits for the disk at each change. A slow disk makes it lose its leader, and the API stalls.</source>
        <translation>etcd 每次变更都要等落盘。磁盘慢会让它频繁换主，API 跟着卡顿。</translation>
    </message>
    <message>
        <source>Clock within 30 s of the others</source>
        <translation>时钟偏差 ≤ 30 s</translation>
    </message>
    <message>
        <source>Certificates and tokens are judged by time. A clock that is off makes them invalid at once.</source>
        <translation>证书和令牌按时间校验。时钟偏了，它们立刻失效。</translation>
    </message>
    <message>
        <source>Clock is kept in time</source>
        <translation>时间同步已开启</translation>
    </message>
    <message>
        <source>Without a time service clocks drift apart within weeks.</source>
        <translation>没有时间同步服务，几周内各主机时钟就会走散。</translation>
    </message>
    <message>
        <source>Packages are not locked</source>
        <translation>软件包未被锁定</translation>
    </message>
    <message>
        <source>Another program is installing packages, or was cut while it did. Until it ends nothing can be installed.</source>
        <translation>另一个程序正在安装软件包，或中途被打断。它结束前什么都装不了。</translation>
    </message>
    <message>
        <source>No earlier installation</source>
        <translation>没有旧安装</translation>
    </message>
    <message>
        <source>What another installation left, or a node that still works in another cluster, is in the way of this one.</source>
        <translation>另一次安装留下的文件，或仍在别的集群中工作的节点，会挡住这次安装。</translation>
    </message>
    <message>
        <source>SELinux</source>
        <translation>SELinux</translation>
    </message>
    <message>
        <source>Enforcing, it keeps containers from files that they need unless the site has rules for it.</source>
        <translation>强制模式下，若没有相应规则，容器会读不到所需文件。</translation>
    </message>
    <message>
        <source>Firewall</source>
        <translation>防火墙</translation>
    </message>
    <message>
        <source>Rules that keep things out cut nodes off from each other, often only hours later.</source>
        <translation>拦截规则会让节点互相不通，往往几小时后才暴露。</translation>
    </message>
    <message>
        <source>Proxy lets the cluster&apos;s traffic pass</source>
        <translation>代理已排除集群流量</translation>
    </message>
    <message>
        <source>A proxy for all traffic gets the cluster&apos;s own as well, and it fails there.</source>
        <translation>代理若接管所有流量，集群内部流量也会被送去代理而失败。</translation>
    </message>
    <message>
        <source>A name server is set</source>
        <translation>已设置域名服务器</translation>
    </message>
    <message>
        <source>Nodes look up the registry and each other by name.</source>
        <translation>节点要靠域名找到镜像源和彼此。</translation>
    </message>
    <message>
        <source>Registry has every image</source>
        <translation>镜像源可达</translation>
    </message>
    <message>
        <source>Each image, the pause image among them, is asked for from this host. One that lacks stops the installation half-way.</source>
        <translation>从本机逐个询问所需镜像，含 pause。缺一个，安装就会停在半路。</translation>
    </message>
    <message>
        <source>Package source can be reached</source>
        <translation>软件源可达</translation>
    </message>
    <message>
        <source>kubelet and kubeadm are installed from there.</source>
        <translation>kubelet 和 kubeadm 从这里安装。</translation>
    </message>
    <message>
        <source>Driver of the GPUs</source>
        <translation>GPU 驱动</translation>
    </message>
    <message>
        <source>Without a driver the cluster does not see the cards.</source>
        <translation>没有驱动，集群看不到显卡。</translation>
    </message>
    <message>
        <source>Host name is its own</source>
        <translation>主机名唯一</translation>
    </message>
    <message>
        <source>Two nodes of one name take each other&apos;s place in the cluster.</source>
        <translation>重名的两个节点会在集群里互相顶替。</translation>
    </message>
    <message>
        <source>machine-id is its own</source>
        <translation>machine-id 唯一</translation>
    </message>
    <message>
        <source>Cloned disks share it: addresses and logs of the two hosts get mixed up.</source>
        <translation>克隆的磁盘会带着相同的 machine-id，两台主机的地址和日志会混在一起。</translation>
    </message>
    <message>
        <source>product_uuid is its own</source>
        <translation>product_uuid 唯一</translation>
    </message>
    <message>
        <source>Storage and cloud drivers tell machines apart by it.</source>
        <translation>存储和云驱动靠它区分机器。</translation>
    </message>
    <message>
        <source>Hardware address is its own</source>
        <translation>MAC 地址唯一</translation>
    </message>
    <message>
        <source>Two hosts with one address take each other&apos;s traffic.</source>
        <translation>MAC 相同的两台主机会抢对方的流量。</translation>
    </message>
    <message>
        <source>IP address is its own</source>
        <translation>IP 地址唯一</translation>
    </message>
    <message>
        <source>An address that another host has as well leads traffic to the wrong one.</source>
        <translation>别的主机也有同一个地址时，流量会走错。</translation>
    </message>
    <message>
        <source>Ports between hosts</source>
        <translation>端口互通</translation>
    </message>
    <message>
        <source>Nodes, API server and etcd have to reach each other, each to each.</source>
        <translation>节点、API 服务和 etcd 必须两两互通。</translation>
    </message>
    <message>
        <source>MTU is the same</source>
        <translation>MTU 一致</translation>
    </message>
    <message>
        <source>Large packets vanish between hosts with different sizes: some requests hang while others work.</source>
        <translation>大小不一致时，大包会在途中丢失：有的请求正常，有的一直卡住。</translation>
    </message>
    <message>
        <source>Names mean the right hosts</source>
        <translation>域名解析正确</translation>
    </message>
    <message>
        <source>A host that takes another&apos;s name for a wrong address speaks with a stranger.</source>
        <translation>把别的主机名解析到错误地址，就会连到陌生的机器。</translation>
    </message>
    <message>
        <source>Ranges do not overlap</source>
        <translation>网段不重叠</translation>
    </message>
    <message>
        <source>Pod or service addresses that are in use around the host cut it off from there.</source>
        <translation>Pod 或服务网段与主机周围的网络重叠时，主机会连不上那些地址。</translation>
    </message>
    <message>
        <source>Needed programs are there</source>
        <translation>所需命令齐全</translation>
    </message>
    <message>
        <source>kubeadm and kubelet call these programs for networks and mounts.</source>
        <translation>kubeadm 和 kubelet 靠这些命令配置网络和挂载。</translation>
    </message>
    <message>
        <source>No file of an earlier installation</source>
        <translation>没有旧安装的文件</translation>
    </message>
    <message>
        <source>kubeadm does not write over the files of another installation.</source>
        <translation>kubeadm 不会覆盖另一次安装留下的文件。</translation>
    </message>
    <message>
        <source>Port is free</source>
        <translation>端口空闲</translation>
    </message>
    <message>
        <source>A part of the cluster listens here.</source>
        <translation>集群的组件要监听此端口。</translation>
    </message>
    <message>
        <source>Folder is empty</source>
        <translation>目录为空</translation>
    </message>
    <message>
        <source>kubeadm does not write over the data of another installation.</source>
        <translation>kubeadm 不会覆盖另一次安装的数据。</translation>
    </message>
    <message>
        <source>Turns swap off now and comments its lines in /etc/fstab, so that it stays off.</source>
        <translation>立即关闭交换分区，并注释 /etc/fstab 中的相关行，重启后仍然关闭。</translation>
    </message>
    <message>
        <source>Brings the lines of /etc/fstab back and turns the same swap on again.</source>
        <translation>恢复 /etc/fstab 中的行，并重新打开原来的交换分区。</translation>
    </message>
    <message>
        <source>Sets the value now, and at each start by /etc/sysctl.d/99-kboss.conf. A line that would win over it is commented.</source>
        <translation>立即写入该值，并写进 /etc/sysctl.d/99-kboss.conf 使重启后有效。会覆盖它的行将被注释。</translation>
    </message>
    <message>
        <source>Takes the line out of 99-kboss.conf again and puts the old value back.</source>
        <translation>从 99-kboss.conf 删除这一行，值恢复原样。</translation>
    </message>
    <message>
        <source>Gives the host the name of the plan and adds it to /etc/hosts.</source>
        <translation>把主机名改为方案中的名字，并写入 /etc/hosts。</translation>
    </message>
    <message>
        <source>Gives the host its old name back and takes the line out of /etc/hosts.</source>
        <translation>恢复原来的主机名，并从 /etc/hosts 删除这一行。</translation>
    </message>
    <message>
        <source>Enables the service %1, so that it starts with the host.</source>
        <translation>启用服务 %1，随主机启动。</translation>
    </message>
    <message>
        <source>Disables the service %1 again.</source>
        <translation>重新停用服务 %1。</translation>
    </message>
    <message>
        <source>Starts the container runtime and enables it.</source>
        <translation>启动容器运行时并设为自启。</translation>
    </message>
    <message>
        <source>Stops it and disables it, where it was so before.</source>
        <translation>按原来的状态停止并取消自启。</translation>
    </message>
    <message>
        <source>Installs the package that has %1.</source>
        <translation>安装包含 %1 的软件包。</translation>
    </message>
    <message>
        <source>Removes the package again.</source>
        <translation>卸载该软件包。</translation>
    </message>
    <message>
        <source>Opens in %1 the ports that the other hosts need here; nothing else.</source>
        <translation>只在 %1 中放行其他主机需要访问的端口。</translation>
    </message>
    <message>
        <source>Closes the same ports in %1 again.</source>
        <translation>在 %1 中重新关闭这些端口。</translation>
    </message>
    <message>
        <source>Stops the service that listens at port %1 and disables it.</source>
        <translation>停止并停用占用端口 %1 的服务。</translation>
    </message>
    <message>
        <source>Enables the service and starts it again.</source>
        <translation>重新启用并启动该服务。</translation>
    </message>
    <message>
        <source>Keeps a copy of what the earlier installation left, then takes it away as kubeadm reset does.</source>
        <translation>先备份旧安装留下的内容，再像 kubeadm reset 那样清除。</translation>
    </message>
    <message>
        <source>Puts the copied files back. Containers that ran are started by kubelet where it ran.</source>
        <translation>把备份的文件放回原处。原来由 kubelet 运行的容器会重新启动。</translation>
    </message>
    <message>
        <source>Adds the cluster&apos;s addresses and ranges to no_proxy in /etc/environment.</source>
        <translation>把集群的地址和网段加入 /etc/environment 的 no_proxy。</translation>
    </message>
    <message>
        <source>Brings no_proxy in /etc/environment back as it was.</source>
        <translation>恢复 /etc/environment 中原来的 no_proxy。</translation>
    </message>
    <message>
        <source>Loads the module %1 now and at each start.</source>
        <translation>立即加载模块 %1，并设为开机加载。</translation>
    </message>
    <message>
        <source>No longer loads %1 at the start. What is loaded stays until then.</source>
        <translation>不再开机加载 %1。已加载的保留到下次重启。</translation>
    </message>
    <message>
        <source>Turns the time service on and has it set the clock at once.</source>
        <translation>开启时间同步服务，并立即校时。</translation>
    </message>
    <message>
        <source>Leaves the clock as it is and turns the time service off where it was off.</source>
        <translation>时钟保持现状；若原来未开启同步则关闭。</translation>
    </message>
    <message>
        <source>Sets SELinux to permissive, now and in /etc/selinux/config.</source>
        <translation>将 SELinux 设为宽容模式，立即生效并写入 /etc/selinux/config。</translation>
    </message>
    <message>
        <source>Sets SELinux to enforcing again.</source>
        <translation>将 SELinux 恢复为强制模式。</translation>
    </message>
    <message>
        <source>Give this user sudo on the host, or sign in as root, then check again.</source>
        <translation>请在主机上给这个用户 sudo 权限，或改用 root 登录，然后重查。</translation>
    </message>
    <message>
        <source>The installation itself brings the version of the plan.</source>
        <translation>安装过程会装上方案中的版本。</translation>
    </message>
    <message>
        <source>Choose another mirror in the plan, or open the way to it, then check again.</source>
        <translation>请在方案中换一个镜像源，或打通到它的网络，然后重查。</translation>
    </message>
    <message>
        <source>No program can mend this. Mend it on the host, then check again.</source>
        <translation>程序无法修复此项。请在主机上处理后重查。</translation>
    </message>
    <message>
        <source>Packages come over https</source>
        <translation>软件包通过 https 获取</translation>
    </message>
    <message>
        <source>The packages are signed and their key is known here, but over plain http whoever is on the way sees what is installed, and may hold newer ones back. Take a mirror with https, or accept it by name.</source>
        <translation>软件包有签名，签名密钥也是已知的；但用明文 http 时，途中的人能看到安装了什么，还可能扣住新版本。请改用 https 镜像，或按名称接受此项。</translation>
    </message>
</context>
<context>
    <name>CheckTexts</name>
    <message>
        <source>value %1</source>
        <translation>参数 %1</translation>
    </message>
    <message>
        <source>file %1</source>
        <translation>文件 %1</translation>
    </message>
    <message>
        <source>swap %1</source>
        <translation>交换分区 %1</translation>
    </message>
    <message>
        <source>service %1</source>
        <translation>服务 %1</translation>
    </message>
    <message>
        <source>package %1</source>
        <translation>软件包 %1</translation>
    </message>
    <message>
        <source>module %1</source>
        <translation>模块 %1</translation>
    </message>
    <message>
        <source>host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>firewall %1</source>
        <translation>防火墙 %1</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>folder %1</source>
        <translation>目录 %1</translation>
    </message>
</context>
<context>
    <name>kboss::ClustersPage</name>
    <message>
        <source>Install a cluster over SSH…</source>
        <translation>通过 SSH 安装集群…</translation>
    </message>
    <message>
        <source>Install cluster</source>
        <translation>安装集群</translation>
    </message>
    <message>
        <source>On hosts of yours, over SSH, with live progress. “New cluster” leaves it to the service.</source>
        <translation>在自己的主机上通过 SSH 安装，进度实时可见。“新建集群”则交给服务端完成。</translation>
    </message>
</context>
<context>
    <name>HostListWords</name>
    <message>
        <source>the first row names no column of addresses</source>
        <translation>第一行没有地址列</translation>
    </message>
    <message>
        <source>no column is called so</source>
        <translation>没有这样的列名</translation>
    </message>
    <message>
        <source>this column comes twice</source>
        <translation>该列出现了两次</translation>
    </message>
    <message>
        <source>passwords are not read from files: take this column out</source>
        <translation>不从文件读取密码，请去掉这一列</translation>
    </message>
    <message>
        <source>the address is missing</source>
        <translation>缺少地址</translation>
    </message>
    <message>
        <source>not an IPv4 or IPv6 address</source>
        <translation>不是 IPv4 或 IPv6 地址</translation>
    </message>
    <message>
        <source>not a name: small letters, digits and '-'</source>
        <translation>不是合法名称：只能用小写字母、数字和 '-'</translation>
    </message>
    <message>
        <source>a port is 1 to 65535</source>
        <translation>端口为 1 到 65535</translation>
    </message>
    <message>
        <source>a role is control-plane or worker</source>
        <translation>角色为“控制面”或“工作”</translation>
    </message>
    <message>
        <source>an earlier row has it already</source>
        <translation>前面的行已有</translation>
    </message>
    <message>
        <source>a quoted cell has no end</source>
        <translation>引号没有闭合</translation>
    </message>
    <message>
        <source>something stands after the closing quote</source>
        <translation>闭合引号之后还有内容</translation>
    </message>
    <message>
        <source>bytes that are neither UTF-8 nor GBK</source>
        <translation>内容既不是 UTF-8 也不是 GBK</translation>
    </message>
    <message>
        <source>more hosts than a list may have</source>
        <translation>主机数超过上限</translation>
    </message>
    <message>
        <source>Line %1, column %2</source>
        <translation>第 %1 行第 %2 列</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
</context>
<context>
    <name>kboss::InstallCheckPanel</name>
    <message>
        <source>%1 could not be asked</source>
        <translation>无法询问 %1</translation>
    </message>
    <message>
        <source>Look at its host key</source>
        <translation>查看它的主机密钥</translation>
    </message>
    <message>
        <source>Sign in to it another way…</source>
        <translation>用其他方式登录…</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>A fix is under way on this host.</source>
        <translation>该主机上正在修复。</translation>
    </message>
    <message>
        <source>%1, then it is checked again</source>
        <translation>%1，随后重查</translation>
    </message>
    <message>
        <source>The installation sees to it itself, in the phase “%1”.</source>
        <translation>安装过程会在“%1”阶段自行处理。</translation>
    </message>
    <message>
        <source>No program can mend this; it is for people to do.</source>
        <translation>程序无法修复，需要人工处理。</translation>
    </message>
    <message>
        <source>Mend this on %1</source>
        <translation>修复 %1 的这一项</translation>
    </message>
    <message>
        <source>Let it pass by name…</source>
        <translation>改为按名称放行…</translation>
    </message>
    <message>
        <source>It was mended here %1. Undoing brings back what was there.</source>
        <translation>已于 %1 在此修复。撤销会恢复原样。</translation>
    </message>
    <message>
        <source>Undo the fix on %1</source>
        <translation>撤销 %1 的这次修复</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>接受 %1</translation>
    </message>
    <message>
        <source>Do not accept it any more</source>
        <translation>不再接受</translation>
    </message>
    <message>
        <source>Accepted by %1, %2. Reason: %3</source>
        <translation>%1 于 %2 接受。理由：%3</translation>
    </message>
    <message>
        <source>Counts for %1 alone; name and reason go into the plan and the report. There is no “ignore all”.</source>
        <translation>只对 %1 生效，名称和理由会写入方案和报告。没有“全部忽略”。</translation>
    </message>
    <message>
        <source>Mend a check on %1</source>
        <translation>修复 %1 的检查项</translation>
    </message>
    <message>
        <source>Undo a fix on %1</source>
        <translation>撤销 %1 的修复</translation>
    </message>
    <message>
        <source>Let %1 pass on %2?</source>
        <translation>在 %2 上放行 %1？</translation>
    </message>
    <message>
        <source>This is an error: the installation will most likely fail there, or the cluster will not be sound. It counts for this host alone and stands in the plan and the report with your name.</source>
        <translation>这是一个错误：安装很可能在此失败，或集群不可靠。只对该主机生效，并以你的名字写入方案和报告。</translation>
    </message>
    <message>
        <source>passed by name</source>
        <translation>按名称放行</translation>
    </message>
    <message>
        <source>Let %1 pass</source>
        <translation>放行 %1</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重查</translation>
    </message>
    <message>
        <source>Why it matters</source>
        <translation>为什么要紧</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>What mending does</source>
        <translation>修复会做什么</translation>
    </message>
    <message>
        <source>How it is undone</source>
        <translation>撤销这次修复</translation>
    </message>
    <message>
        <source>Accept it by its name</source>
        <translation>按名称接受</translation>
    </message>
    <message>
        <source>Reason, as “kernel is upgraded in December”</source>
        <translation>理由，例如“内核 12 月统一升级”</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Commands that will run</source>
        <translation>将执行的命令</translation>
    </message>
    <message>
        <source>Empty the host %1?</source>
        <translation>清空主机 %1？</translation>
    </message>
    <message>
        <source>What an earlier installation left is taken away as kubeadm reset does: certificates, configuration and the data of etcd. A copy stays on the host. If anything there is still in use, it ends.</source>
        <translation>将按 kubeadm reset 的方式清除先前安装的遗留：证书、配置和 etcd 数据。主机上会保留一份副本。若其中有仍在使用的内容，将会终止。</translation>
    </message>
    <message>
        <source>Empty the host</source>
        <translation>清空主机</translation>
    </message>
</context>
<context>
    <name>kboss::InstallChecksModel</name>
    <message>
        <source>kubeadm's own checks</source>
        <translation>kubeadm 自检</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Across hosts</source>
        <translation>主机之间</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未能查明</translation>
    </message>
</context>
<context>
    <name>kboss::InstallChecksPane</name>
    <message>
        <source>All %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Failed %1</source>
        <translation>未通过 %1</translation>
    </message>
    <message>
        <source>Warnings %1</source>
        <translation>警告 %1</translation>
    </message>
    <message>
        <source>Accepted %1</source>
        <translation>已接受 %1</translation>
    </message>
    <message>
        <source>Passed %1</source>
        <translation>通过 %1</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止检查</translation>
    </message>
    <message>
        <source>Check all again</source>
        <translation>全部重查</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>全部检查</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Nothing was checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Checks need hosts: they are named on the first page.</source>
        <translation>检查需要主机，请先在第一页填写。</translation>
    </message>
    <message>
        <source>Once all keys are trusted, every host is asked what it is and whether a cluster can stand on it. No host is changed by that.</source>
        <translation>所有主机密钥都受信任之后，会逐台询问主机情况，判断能否安装集群。检查不改动任何主机。</translation>
    </message>
    <message>
        <source>Checks · %1</source>
        <translation>检查 · %1</translation>
    </message>
    <message>
        <source>Next: plan</source>
        <translation>下一步：计划</translation>
    </message>
    <message>
        <source>%1 of %2 are under way</source>
        <translation>%2 项中 %1 项检查中</translation>
    </message>
    <message>
        <source>checks are under way</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>no host is changed by them</source>
        <translation>检查不改动任何主机</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未进行</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>trust comes first</source>
        <translation>需先完成信任</translation>
    </message>
    <message>
        <source>done %1, took %2</source>
        <translation>%1查完，用时 %2</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 个警告</translation>
    </message>
    <message>
        <source>all passed</source>
        <translation>全部通过</translation>
    </message>
    <message>
        <source>%1 not passed</source>
        <translation>还有 %1 项未通过</translation>
    </message>
    <message>
        <source>the plan was changed since</source>
        <translation>此后方案有改动</translation>
    </message>
    <message>
        <source>not every host was asked</source>
        <translation>还有主机没有查完</translation>
    </message>
    <message>
        <source>Only rows with trouble</source>
        <translation>只看有问题的行</translation>
    </message>
    <message>
        <source>Next trouble (F8)</source>
        <translation>下一个问题（F8）</translation>
    </message>
    <message>
        <source>Checks by hosts</source>
        <translation>各主机的检查</translation>
    </message>
    <message>
        <source>run on every host where it is installed, read line by line</source>
        <translation>在已安装 kubeadm 的主机上运行 preflight，逐行解析</translation>
    </message>
    <message>
        <source>what kubeadm does not look at, measured by this wizard</source>
        <translation>kubeadm 不查，由本向导实测</translation>
    </message>
    <message>
        <source>each host with each</source>
        <translation>每台到每台</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 项警告</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 项失败</translation>
    </message>
</context>
<context>
    <name>kboss::InstallChoices</name>
    <message>
        <source>It was taken from %1: %2</source>
        <translation>它取自 %1：%2</translation>
    </message>
    <message>
        <source>Break the lock on %1</source>
        <translation>解除 %1 上的锁</translation>
    </message>
    <message>
        <source>Since: %1 (%2)</source>
        <translation>起始时间：%1（%2）</translation>
    </message>
    <message>
        <source>Leave %1 out</source>
        <translation>不含 %1 继续</translation>
    </message>
    <message>
        <source>Somebody else works on this host. Break the lock only when you know that this work has ended; say why. It is written down on the host, and whoever had the lock is stopped there.</source>
        <translation>有人正在这台主机上工作。只有确知该工作已经结束时才解除锁，并请说明原因。原因会记在主机上，原持锁者在那里会被停止。</translation>
    </message>
    <message>
        <source>Go on without %1?</source>
        <translation>不含 %1 继续？</translation>
    </message>
    <message>
        <source>Who has it: %1</source>
        <translation>持有者：%1</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不含此主机</translation>
    </message>
    <message>
        <source>Go on to the end without this host: the cluster is verified and registered as it is</source>
        <translation>不含此主机继续到最后：按现有的集群验证并登记</translation>
    </message>
    <message>
        <source>Break the lock</source>
        <translation>解除锁</translation>
    </message>
    <message>
        <source>Effect: what was done on this host stays there</source>
        <translation>影响：已在这台主机上完成的保留不动</translation>
    </message>
    <message>
        <source>Break the lock on %1?</source>
        <translation>解除 %1 上的锁？</translation>
    </message>
    <message>
        <source>Last renewed %1 before it was read: most likely somebody is at work there</source>
        <translation>读取前 %1 还续期过：很可能有人正在那里工作</translation>
    </message>
    <message>
        <source>Last renewed %1 before it was read: most likely nobody works there any more</source>
        <translation>读取前 %1 未再续期：很可能已无人在那里工作</translation>
    </message>
    <message>
        <source>Packages, images and settings of the system stay. This will be done:</source>
        <translation>系统的软件包、镜像和设置保留。将会执行：</translation>
    </message>
    <message>
        <source>The other hosts go on to the end, and the cluster is verified and registered without it. What was done on %1 stays there until it is undone. “Repeat” takes it in again at any time. Say why; it stands in the report.</source>
        <translation>其他主机继续到最后，集群在没有它的情况下验证并登记。已在 %1 上完成的保留，直到被撤销。随时可用“重做”把它重新纳入。请说明原因，原因会写入报告。</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation>，另有 %1 处</translation>
    </message>
    <message>
        <source>Effect: nothing is changed on disk</source>
        <translation>影响　不改动磁盘</translation>
    </message>
    <message>
        <source>Effect: %1</source>
        <translation>影响　%1</translation>
    </message>
    <message>
        <source>%1: %2 failed</source>
        <translation>%1：%2 失败</translation>
    </message>
    <message>
        <source>This host is set aside, the others go on; there is no hurry.</source>
        <translation>这台主机已搁置，其余继续，不必现在决定。</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重试此步</translation>
    </message>
    <message>
        <source>Undo step</source>
        <translation>撤销此步</translation>
    </message>
    <message>
        <source>Undo host</source>
        <translation>撤销此主机</translation>
    </message>
    <message>
        <source>Probe and do this step again, then what depends on it</source>
        <translation>先探测，再重做这一步及依赖它的步骤</translation>
    </message>
    <message>
        <source>Take this step back; the host stays aside</source>
        <translation>撤回这一步，主机仍然搁置</translation>
    </message>
    <message>
        <source>Take back all that was done on this host, the last first</source>
        <translation>从后往前撤回这台主机上做过的一切</translation>
    </message>
    <message>
        <source>Takes %1</source>
        <translation>用时　%1</translation>
    </message>
    <message>
        <source>Undo %1?</source>
        <translation>撤销 %1？</translation>
    </message>
    <message>
        <source>Undo everything on %1?</source>
        <translation>撤销 %1 上的全部改动？</translation>
    </message>
    <message>
        <source>Undo this step</source>
        <translation>撤销此步</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>撤销 %1</translation>
    </message>
    <message>
        <source>Repeat %1</source>
        <translation>重试 %1</translation>
    </message>
    <message>
        <source>kubeadm cannot take this step back alone: the host is reset, and its steps for the cluster wait again</source>
        <translation>kubeadm 无法单独撤销这一步：主机将被重置，它在集群中的各步骤重新等待</translation>
    </message>
    <message>
        <source>%1: %2 was taken back</source>
        <translation>%1：%2 已撤回</translation>
    </message>
    <message>
        <source>This host stays out of the cluster, the others go on. Repeat does the step again and goes on with this host.</source>
        <translation>该主机暂不加入集群，其他主机继续。重做会再次执行该步骤，并继续安装这台主机。</translation>
    </message>
    <message>
        <source>%1: %2 was not begun</source>
        <translation>%1：%2 未开始</translation>
    </message>
    <message>
        <source>This host is set aside, or waits for what did not come to its end elsewhere. Repeat tries again.</source>
        <translation>该主机已搁置，或在等待其他主机未完成的步骤。重做会再试一次。</translation>
    </message>
    <message>
        <source>Sign in to it another way…</source>
        <translation>换一种方式登录…</translation>
    </message>
    <message>
        <source>Look at its host key</source>
        <translation>查看其主机密钥</translation>
    </message>
    <message>
        <source>Break the lock…</source>
        <translation>解除锁定…</translation>
    </message>
    <message>
        <source>Takes %1.</source>
        <translation>需要%1。</translation>
    </message>
    <message>
        <source>kubeadm takes nothing back piece by piece: %1 is reset. It leaves the cluster; its certificates, its pods and, on a control plane, its copy of etcd's data are deleted.</source>
        <translation>kubeadm 不能逐项撤回：将重置 %1。它会离开集群，其证书、Pod 以及控制面上的 etcd 数据副本都会删除。</translation>
    </message>
    <message>
        <source>This will be taken back:</source>
        <translation>将撤回：</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
    <message>
        <source>Reset and undo %1</source>
        <translation>重置并撤回 %1</translation>
    </message>
</context>
<context>
    <name>kboss::InstallDelegate</name>
    <message>
        <source>%1 slow</source>
        <translation>%1 慢</translation>
    </message>
</context>
<context>
    <name>kboss::InstallDonePane</name>
    <message>
        <source>%1, without %2</source>
        <translation>%1，不含 %2</translation>
    </message>
    <message>
        <source>The report is written while the installation goes: what was done on which host, how long it took, who accepted what.</source>
        <translation>报告随安装写成：每台主机做了什么、用了多久、谁接受了什么。</translation>
    </message>
    <message>
        <source>The cluster stands among the clusters of %1.</source>
        <translation>集群已登记在 %1。</translation>
    </message>
    <message>
        <source>The service does not know of the cluster yet: it was out of reach, or said no.</source>
        <translation>服务端还没有登记该集群：当时无法连接，或被拒绝。</translation>
    </message>
    <message>
        <source>The plan names no center, so the service was not told.</source>
        <translation>方案没有指定算力中心，因此未登记。</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Report (*.txt *.json)</source>
        <translation>报告 (*.txt *.json)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The report is in %1</source>
        <translation>报告已保存到 %1</translation>
    </message>
    <message>
        <source>Save the kubeconfig of %1</source>
        <translation>保存 %1 的 kubeconfig</translation>
    </message>
    <message>
        <source>Whoever has this file rules the cluster. It is written so that only you can read it (0600).</source>
        <translation>持有该文件即可管理集群。写出的文件只有你可读（0600）。</translation>
    </message>
    <message>
        <source>The kubeconfig is in %1</source>
        <translation>kubeconfig 已保存到 %1</translation>
    </message>
    <message>
        <source>Save the kubeconfig</source>
        <translation>保存 kubeconfig</translation>
    </message>
    <message>
        <source>Copy the kubeconfig</source>
        <translation>复制 kubeconfig</translation>
    </message>
    <message>
        <source>The kubeconfig is on the clipboard for 30 seconds</source>
        <translation>kubeconfig 已复制，30 秒后从剪贴板清除</translation>
    </message>
    <message>
        <source>Register the cluster</source>
        <translation>登记集群</translation>
    </message>
    <message>
        <source>Remove the cluster %1?</source>
        <translation>移除集群 %1？</translation>
    </message>
    <message>
        <source>Every workload on it ends. Workers first, then the control planes: each is deleted from the cluster and reset; packages, images and the settings of the system stay. The progress is on the page before.</source>
        <translation>其上所有工作负载都将终止。先工作节点、后控制面：逐台从集群删除并重置；软件包、镜像和系统设置保留不动。进度见上一页。</translation>
    </message>
    <message>
        <source>Remove the cluster</source>
        <translation>移除集群</translation>
    </message>
    <message>
        <source>Done · %1</source>
        <translation>完成 · %1</translation>
    </message>
    <message>
        <source>removed again</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Next steps</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>Way into the cluster</source>
        <translation>进入集群</translation>
    </message>
    <message>
        <source>The kubeconfig is in this computer's keychain. It leaves it only when you say so.</source>
        <translation>kubeconfig 保存在本机钥匙串中，只在你要求时取出。</translation>
    </message>
    <message>
        <source>How to take it back</source>
        <translation>如何撤回</translation>
    </message>
    <message>
        <source>Files that were changed on hosts were kept as copies below /var/lib/kboss on each host. “Undo host” after a failure brings them back; removing the cluster resets the hosts and leaves packages, images and settings of the system.</source>
        <translation>主机上被改动的文件都在各主机 /var/lib/kboss 下留有副本。失败后“撤销此主机”会还原它们；移除集群会重置主机，软件包、镜像和系统设置保留不动。</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Save the kubeconfig…</source>
        <translation>保存 kubeconfig…</translation>
    </message>
    <message>
        <source>Copy it</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open the clusters</source>
        <translation>打开集群列表</translation>
    </message>
    <message>
        <source>Register it now</source>
        <translation>现在登记</translation>
    </message>
    <message>
        <source>Remove the cluster…</source>
        <translation>移除集群…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>The cluster was removed again.</source>
        <translation>集群已移除。</translation>
    </message>
    <message>
        <source>Once the control plane is up, the cluster is opened from here.</source>
        <translation>控制面就绪之后，从这里打开集群。</translation>
    </message>
    <message>
        <source>Removed again: %1.</source>
        <translation>已移除：%1。</translation>
    </message>
    <message>
        <source>removed: %1</source>
        <translation>已移除 %1</translation>
    </message>
    <message>
        <source>Remove workers…</source>
        <translation>移除工作节点…</translation>
    </message>
</context>
<context>
    <name>kboss::InstallHostsModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Jump host</source>
        <translation>跳板</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>kboss::InstallHostsPane</name>
    <message>
        <source>Choose the center first, in the form at the right</source>
        <translation>请先在右侧表单中选择算力中心</translation>
    </message>
    <message>
        <source>Hosts from a file</source>
        <translation>从文件导入主机</translation>
    </message>
    <message>
        <source>CSV or XLSX. The first row names the columns: name, address, port, user, role, jump. Only the address has to be there; passwords are refused.</source>
        <translation>CSV 或 XLSX。第一行为列名：主机名、地址、端口、用户、角色、跳板。只有地址必填；不接受密码列。</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx)</source>
        <translation>表格 (*.csv *.xlsx)</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Read hosts</source>
        <translation>读取主机</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Hosts · %1</source>
        <translation>主机 · %1</translation>
    </message>
    <message>
        <source>by hand, from idle nodes of a center, or from a file</source>
        <translation>手工填写、从中心的空闲节点选取，或从文件导入</translation>
    </message>
    <message>
        <source>Next: trust</source>
        <translation>下一步：信任</translation>
    </message>
    <message>
        <source>no host yet</source>
        <translation>还没有主机</translation>
    </message>
    <message>
        <source>%1 things to put right</source>
        <translation>还有 %1 处需改正</translation>
    </message>
    <message>
        <source>Add a host</source>
        <translation>添加主机</translation>
    </message>
    <message>
        <source>From idle nodes…</source>
        <translation>从空闲节点…</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Sign-in of selected…</source>
        <translation>所选主机的登录…</translation>
    </message>
    <message>
        <source>Sign-in for all…</source>
        <translation>统一登录方式…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Lines that were not taken</source>
        <translation>未能导入的行</translation>
    </message>
    <message>
        <source>Taken: %1. Not taken: %2.</source>
        <translation>已采用 %1，未采用 %2。</translation>
    </message>
    <message>
        <source>Taken: %1</source>
        <translation>已采用 %1</translation>
    </message>
    <message>
        <source>1 thing to put right</source>
        <translation>1 处需改正</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>%1 without sign-in</source>
        <translation>%1未设置登录</translation>
    </message>
</context>
<context>
    <name>kboss::InstallListModel</name>
    <message>
        <source>done, without %1</source>
        <translation>已完成，不含 %1</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>elsewhere</source>
        <translation>在别处打开</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Compute center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>By</source>
        <translation>经手人</translation>
    </message>
</context>
<context>
    <name>kboss::InstallListPage</name>
    <message>
        <source>Begin an installation</source>
        <translation>新建安装</translation>
    </message>
    <message>
        <source>Read the installations</source>
        <translation>读取安装列表</translation>
    </message>
    <message>
        <source>Copy an installation</source>
        <translation>复制安装</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>打开方案</translation>
    </message>
    <message>
        <source>A plan that was saved from here, without passwords. It becomes a draft.</source>
        <translation>从这里保存的方案文件，不含密码。打开后成为草稿。</translation>
    </message>
    <message>
        <source>Plan (*.json)</source>
        <translation>方案 (*.json)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Forget the installation of %1?</source>
        <translation>删除 %1 的安装记录？</translation>
    </message>
    <message>
        <source>a draft without a name</source>
        <translation>未命名的草稿</translation>
    </message>
    <message>
        <source>It was begun: what it did on the hosts stays there, and cannot be taken back from here any more. Remove the cluster first where that is wanted.</source>
        <translation>它已经开始：主机上的改动会留下，之后无法从这里撤回。需要撤回时请先移除集群。</translation>
    </message>
    <message>
        <source>Nothing was done on any host.</source>
        <translation>没有改动过任何主机。</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>删除记录</translation>
    </message>
    <message>
        <source>Forget an installation</source>
        <translation>删除安装记录</translation>
    </message>
    <message>
        <source>New installation</source>
        <translation>新建安装</translation>
    </message>
    <message>
        <source>Open a plan…</source>
        <translation>打开方案…</translation>
    </message>
    <message>
        <source>New installation of a cluster</source>
        <translation>新建集群安装</translation>
    </message>
    <message>
        <source>Open the installation</source>
        <translation>打开安装</translation>
    </message>
    <message>
        <source>Copy the installation as a draft</source>
        <translation>复制为草稿</translation>
    </message>
    <message>
        <source>Open a plan from a file</source>
        <translation>从文件打开方案</translation>
    </message>
    <message>
        <source>Forget the installation</source>
        <translation>删除安装记录</translation>
    </message>
    <message>
        <source>No cluster was installed from here yet</source>
        <translation>还没有从这里安装过集群</translation>
    </message>
    <message>
        <source>A new installation goes from hosts over trust and checks to a plan. Nothing is changed on any host before you begin it.</source>
        <translation>新建安装依次经过主机、信任、检查和计划。开始之前不会改动任何主机。</translation>
    </message>
</context>
<context>
    <name>kboss::InstallLogModel</name>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>The last %1 of %2 errors</source>
        <translation>%2 条错误中最近的 %1 条</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>错误 %1 条</translation>
    </message>
    <message>
        <source>once more until then</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>%1 more times until then</source>
        <translation>%1 次</translation>
    </message>
    <message>
        <source>the line above came %1</source>
        <translation>以上 1 行在此之前重复 %1，已折叠</translation>
    </message>
    <message>
        <source>the %1 lines above came %2</source>
        <translation>以上 %1 行在此之前重复 %2，已折叠</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>错误 1 条</translation>
    </message>
</context>
<context>
    <name>kboss::InstallLogView</name>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Errors first</source>
        <translation>错误在前</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Hit before (Shift+F3)</source>
        <translation>上一处（Shift+F3）</translation>
    </message>
    <message>
        <source>Next hit (F3)</source>
        <translation>下一处（F3）</translation>
    </message>
</context>
<context>
    <name>kboss::InstallPage</name>
    <message>
        <source>Clusters cannot be installed from here</source>
        <translation>无法从这里安装集群</translation>
    </message>
    <message>
        <source>This connection has no folder for installations.</source>
        <translation>该连接没有存放安装记录的目录。</translation>
    </message>
    <message>
        <source>Opening the installation</source>
        <translation>打开安装</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Keep the installation</source>
        <translation>保存安装</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Install cluster</source>
        <translation>安装集群</translation>
    </message>
    <message>
        <source>Install cluster %1</source>
        <translation>安装集群 %1</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>信任</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Go to: %1</source>
        <translation>转到：%1</translation>
    </message>
    <message>
        <source>Next part of the page</source>
        <translation>页面的下一部分</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
</context>
<context>
    <name>kboss::InstallPicker</name>
    <message>
        <source>Select what is to be part of the cluster. Where it has no control plane yet the first one becomes it, the others are workers; roles are changed in the table.</source>
        <translation>选择要加入集群的主机。若尚无控制节点，第一台作为控制节点，其余作为工作节点；角色可在表中更改。</translation>
    </message>
    <message>
        <source>The nodes of this center could not be read: %1</source>
        <translation>无法读取该中心的节点：%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Idle nodes of the center</source>
        <translation>该中心的空闲节点</translation>
    </message>
    <message>
        <source>Reading the nodes</source>
        <translation>正在读取节点</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>The nodes of this center are not known here yet. Open its list of nodes once, then come back.</source>
        <translation>还不知道该中心的节点。请先打开一次它的节点列表，再回来。</translation>
    </message>
    <message>
        <source>No node of this center is idle, or all of them are in the plan already.</source>
        <translation>该中心没有空闲节点，或都已在方案中。</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
</context>
<context>
    <name>kboss::InstallPlanForm</name>
    <message>
        <source>nowhere</source>
        <translation>不登记</translation>
    </message>
    <message>
        <source>Registered in</source>
        <translation>登记到</translation>
    </message>
    <message>
        <source>none: somebody else installs one</source>
        <translation>无：由他人安装</translation>
    </message>
    <message>
        <source>The plan wants a folder with %1</source>
        <translation>方案需要一个含有 %1 的目录</translation>
    </message>
    <message>
        <source>Not in the folder: %1</source>
        <translation>目录中没有：%1</translation>
    </message>
    <message>
        <source>Files for the hosts</source>
        <translation>带到主机的文件</translation>
    </message>
    <message>
        <source>calico: with calico.yaml among the files</source>
        <translation>calico：文件中需有 calico.yaml</translation>
    </message>
</context>
<context>
    <name>kboss::InstallProgressHead</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Progress by usual times: %1 %</source>
        <translation>按通常用时计的进度：%1 %</translation>
    </message>
    <message>
        <source>took %1 so far</source>
        <translation>已用 %1</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>还需%1</translation>
    </message>
    <message>
        <source>done at about %1</source>
        <translation>约 %1 完成</translation>
    </message>
    <message>
        <source>by usual times</source>
        <translation>按通常用时计</translation>
    </message>
</context>
<context>
    <name>kboss::InstallRailItem</name>
    <message>
        <source>ahead</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>with trouble</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
</context>
<context>
    <name>kboss::InstallReviewPane</name>
    <message>
        <source>What will be changed</source>
        <translation>将要改动</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>通常用时</translation>
    </message>
    <message>
        <source>only looks</source>
        <translation>只查看</translation>
    </message>
    <message>
        <source>The cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Pods %1, services %2, network %3</source>
        <translation>Pod %1，服务 %2，网络 %3</translation>
    </message>
    <message>
        <source>Endpoint %1</source>
        <translation>接入地址 %1</translation>
    </message>
    <message>
        <source>Registered nowhere</source>
        <translation>不登记</translation>
    </message>
    <message>
        <source>Registered in %1</source>
        <translation>登记到 %1</translation>
    </message>
    <message>
        <source>Accepted by name</source>
        <translation>按名称接受</translation>
    </message>
    <message>
        <source>%1 on %2, by %3: %4</source>
        <translation>%2 的 %1，%3：%4</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Expected time: %1</source>
        <translation>预计用时：%1</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>Everything that was decided, as a file without passwords and keys.</source>
        <translation>把全部决定保存为文件，不含密码和密钥。</translation>
    </message>
    <message>
        <source>Plan (*.json)</source>
        <translation>方案 (*.json)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The plan is in %1</source>
        <translation>方案已保存到 %1</translation>
    </message>
    <message>
        <source>Look without touching</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Begin the installation</source>
        <translation>开始安装</translation>
    </message>
    <message>
        <source>%1 has the hosts</source>
        <translation>主机正由 %1 使用</translation>
    </message>
    <message>
        <source>Somebody else works on a host of this plan. Break the lock only when you know that this work has ended; say why. It is written down on the hosts.</source>
        <translation>有人正在操作方案中的主机。只有确知其工作已结束时才解除锁定，并说明理由。理由会记录在主机上。</translation>
    </message>
    <message>
        <source>Break the lock and begin</source>
        <translation>解除锁定并开始</translation>
    </message>
    <message>
        <source>Plan · %1</source>
        <translation>计划 · %1</translation>
    </message>
    <message>
        <source>To the installation</source>
        <translation>到安装页</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>hosts come first</source>
        <translation>需先填写主机</translation>
    </message>
    <message>
        <source>trust comes first</source>
        <translation>需先完成信任</translation>
    </message>
    <message>
        <source>checks come first</source>
        <translation>需先通过检查</translation>
    </message>
    <message>
        <source>waits for the pages before</source>
        <translation>等待前面的页面</translation>
    </message>
    <message>
        <source>Kubernetes %1 · %2</source>
        <translation>Kubernetes %1 · %2</translation>
    </message>
    <message>
        <source>looking, nothing is touched</source>
        <translation>正在查看，不改动任何内容</translation>
    </message>
    <message>
        <source>Save the plan…</source>
        <translation>保存方案…</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Asks every host what it has already. Nothing is written, not even a log.</source>
        <translation>询问每台主机已有什么。不写入任何内容，包括日志。</translation>
    </message>
    <message>
        <source>Add-ons: %1</source>
        <translation>附加组件：%1</translation>
    </message>
    <message>
        <source>Files for the hosts: %1, %2</source>
        <translation>带到主机的文件：%1 个，%2</translation>
    </message>
    <message>
        <source>%1: %2 on %3</source>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>Install on %1</source>
        <translation>在 %1 上安装</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>dry run: to be done %1, done already %2, not to be looked at %3</source>
        <translation>试运行：将执行 %1 步，已完成 %2 步，无法查看 %3 步</translation>
    </message>
</context>
<context>
    <name>kboss::InstallRunPane</name>
    <message>
        <source>Done without %1: left out by a person. “Repeat” at one of its steps takes it in again.</source>
        <translation>已完成，不含 %1：由人选择排除。在它的任一步骤上“重做”可重新纳入。</translation>
    </message>
    <message>
        <source>Pause what comes next</source>
        <translation>暂停后续步骤</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Ask the hosts and go on</source>
        <translation>询问主机并继续</translation>
    </message>
    <message>
        <source>Nothing was begun yet</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>Once the plan was looked at and its button pressed, every host and phase is shown here as it goes.</source>
        <translation>看过计划并按下开始之后，这里实时显示每台主机的每个阶段。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>The installation could not go on</source>
        <translation>安装无法继续</translation>
    </message>
    <message>
        <source>The console ended while this was under way. What ran on the hosts went on there; asking them shows the truth.</source>
        <translation>控制台在安装途中退出。主机上的步骤会继续，询问主机即可看到实际状态。</translation>
    </message>
    <message>
        <source>Paused: what runs goes on to its end, nothing new begins.</source>
        <translation>已暂停：正在运行的会做完，不再开始新的步骤。</translation>
    </message>
    <message>
        <source>Nothing goes on by itself any more. The hosts with a failure each have three ways on, at the right.</source>
        <translation>已不再自行推进。失败的主机各有三种选择，见右侧。</translation>
    </message>
    <message>
        <source>Everything is done, and every host was asked once more.</source>
        <translation>全部完成，并已再次询问每台主机。</translation>
    </message>
    <message>
        <source>Closing the window or the lid stops nothing: long steps run on the hosts by themselves, with their own log. Opened again, this page shows what the hosts say.</source>
        <translation>关闭窗口或合上电脑不会停止安装：每一步都在主机上独立运行，并各有日志与退出记录。再次打开时，以主机上的实际状态为准。</translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation>%1 日志</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>导出日志</translation>
    </message>
    <message>
        <source>All lines of all hosts by time, without secrets.</source>
        <translation>全部主机的全部日志，按时间排列，不含秘密。</translation>
    </message>
    <message>
        <source>Log (*.log *.txt)</source>
        <translation>日志 (*.log *.txt)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The log is in %1</source>
        <translation>日志已导出到 %1</translation>
    </message>
    <message>
        <source>Install · %1</source>
        <translation>安装 · %1</translation>
    </message>
    <message>
        <source>Next: done</source>
        <translation>下一步：完成</translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation>通常 %1</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>asked %1</source>
        <translation>状态%1从主机读取</translation>
    </message>
    <message>
        <source>%1 % · %2 failed</source>
        <translation>%1 % · %2 步失败</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>not at its end</source>
        <translation>尚未完成</translation>
    </message>
    <message>
        <source>Export the log…</source>
        <translation>导出日志…</translation>
    </message>
    <message>
        <source>Hosts by phases</source>
        <translation>各主机的阶段</translation>
    </message>
    <message>
        <source>Try again what failed</source>
        <translation>重试失败的步骤</translation>
    </message>
    <message>
        <source>Nothing is lost: once that is put right, “%1” goes on where it was.</source>
        <translation>没有丢失任何内容：改正之后，用“%1”从原处继续。</translation>
    </message>
    <message>
        <source>Nothing goes on by itself any more: hosts were taken back, or wait for them. Their ways on are at the right.</source>
        <translation>已不再自行推进：有主机已撤回，或在等待它们。可选的做法见右侧。</translation>
    </message>
    <message>
        <source>Removal · %1</source>
        <translation>移除 · %1</translation>
    </message>
</context>
<context>
    <name>kboss::InstallSignIn</name>
    <message>
        <source>Sign-in to hosts</source>
        <translation>主机登录</translation>
    </message>
    <message>
        <source>For all hosts that have no sign-in of their own.</source>
        <translation>用于所有没有单独设置的主机。</translation>
    </message>
    <message>
        <source>For host %1 alone.</source>
        <translation>只用于主机 %1。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密钥口令</translation>
    </message>
    <message>
        <source>sudo password</source>
        <translation>sudo 密码</translation>
    </message>
    <message>
        <source>where the key has one</source>
        <translation>密钥有口令时填写</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use for %1</source>
        <translation>用于 %1</translation>
    </message>
    <message>
        <source>Use for all</source>
        <translation>用于全部</translation>
    </message>
    <message>
        <source>Remember in the keychain</source>
        <translation>记入钥匙串</translation>
    </message>
    <message>
        <source>Nothing secret is written to a file, a plan, a log or a command line.</source>
        <translation>秘密不会写入文件、方案、日志或命令行。</translation>
    </message>
    <message>
        <source>There is no keychain on this computer: it is asked each time. Nothing is written to a file.</source>
        <translation>本机没有钥匙串：每次都会询问，不写入任何文件。</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>与密码相同</translation>
    </message>
    <message>
        <source>where sudo asks for one</source>
        <translation>sudo 需要密码时填写</translation>
    </message>
    <message>
        <source>Private key of OpenSSH or PEM</source>
        <translation>OpenSSH 或 PEM 私钥</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>asking the keychain</source>
        <translation>正在询问钥匙串</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚未设置</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>password ••••••</source>
        <translation>密码 ••••••</translation>
    </message>
    <message>
        <source>keychain</source>
        <translation>钥匙串</translation>
    </message>
    <message>
        <source>For these hosts: %1.</source>
        <translation>用于这些主机：%1。</translation>
    </message>
</context>
<context>
    <name>kboss::InstallStepsModel</name>
    <message>
        <source>slow</source>
        <translation>慢</translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation>通常 %1</translation>
    </message>
</context>
<context>
    <name>kboss::InstallTrustModel</name>
    <message>
        <source>not asked yet</source>
        <translation>尚未询问</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>读取中</translation>
    </message>
    <message>
        <source>waits for its jump host</source>
        <translation>等待跳板</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>已信任</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>another key</source>
        <translation>密钥已变</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>nothing is known of this address</source>
        <translation>该地址没有记录</translation>
    </message>
    <message>
        <source>the same key is known of %1</source>
        <translation>%1 有相同的密钥</translation>
    </message>
    <message>
        <source>from a known_hosts file, %1, by %2</source>
        <translation>来自 known_hosts，%1，%2</translation>
    </message>
    <message>
        <source>shown and trusted %1 by %2</source>
        <translation>%1由 %2 核对并信任</translation>
    </message>
    <message>
        <source>Nobody has vouched for this key yet. Compare the fingerprint with what the host's console or its owner says (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then trust it.</source>
        <translation>还没有人为该密钥担保。请与主机控制台或负责人给出的指纹核对（ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub），再信任它。</translation>
    </message>
    <message>
        <source>This address had another key before. Either the host was set up anew, or somebody is between you and it. Nothing is sent to it. Only when you know why, forget the old key by its name; then the new one can be looked at and trusted.</source>
        <translation>该地址以前是另一把密钥。要么主机重装过，要么有人居中。不会向它发送任何内容。只有知道原因时，才按名称删除旧密钥，然后核对并信任新的。</translation>
    </message>
    <message>
        <source>This very key was revoked: it must not be used any more. The host needs another one.</source>
        <translation>该密钥已被吊销，不能再用。主机需要更换密钥。</translation>
    </message>
    <message>
        <source>The host could not be asked for its key. Its address, port and jump host are on the page before.</source>
        <translation>无法向主机询问密钥。地址、端口和跳板在上一页。</translation>
    </message>
    <message>
        <source>The way to this host goes through %1, whose key has to be trusted first.</source>
        <translation>到这台主机需经过 %1，须先信任它的密钥。</translation>
    </message>
    <message>
        <source>The host shows the key that is in the ledger.</source>
        <translation>主机出示的密钥与记录一致。</translation>
    </message>
    <message>
        <source>%1 (jump host)</source>
        <translation>%1（跳板）</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Key type</source>
        <translation>密钥类型</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>What the ledger says</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>kboss::InstallTrustPane</name>
    <message>
        <source>Trust %1 new keys…</source>
        <translation>信任 %1 把新密钥…</translation>
    </message>
    <message>
        <source>Trust new keys…</source>
        <translation>信任新密钥…</translation>
    </message>
    <message>
        <source>Before: %1  %2</source>
        <translation>以前：%1  %2</translation>
    </message>
    <message>
        <source>Trust the key of %1</source>
        <translation>信任 %1 的密钥</translation>
    </message>
    <message>
        <source>Trust a host's key</source>
        <translation>信任主机密钥</translation>
    </message>
    <message>
        <source>Trust %1 new keys?</source>
        <translation>信任 %1 把新密钥？</translation>
    </message>
    <message>
        <source>Compare the fingerprints with what the hosts' owners say. From then on these keys are the hosts; another key stops everything.</source>
        <translation>请与主机负责人给出的指纹核对。此后以这些密钥认定主机，密钥不同即停止。</translation>
    </message>
    <message>
        <source>Trust keys</source>
        <translation>信任密钥</translation>
    </message>
    <message>
        <source>Forget the old key of %1?</source>
        <translation>删除 %1 的旧密钥？</translation>
    </message>
    <message>
        <source>Only when you know why the host has another key now. The new one is not trusted by this: it is shown as new.</source>
        <translation>只有知道主机为何换了密钥时才这样做。新密钥不会因此受信任，而是显示为新密钥。</translation>
    </message>
    <message>
        <source>Now: %1  %2</source>
        <translation>现在：%1  %2</translation>
    </message>
    <message>
        <source>Forget the old key</source>
        <translation>删除旧密钥</translation>
    </message>
    <message>
        <source>Forget a host's key</source>
        <translation>删除主机密钥</translation>
    </message>
    <message>
        <source>Import known_hosts</source>
        <translation>导入 known_hosts</translation>
    </message>
    <message>
        <source>Keys that this file has for the hosts of the plan count as vouched for. Addresses with another key here stay as they are.</source>
        <translation>该文件中方案主机的密钥视为已有担保。这里另有密钥的地址保持不变。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>The fingerprint of %1 is on the clipboard</source>
        <translation>%1 的指纹已复制</translation>
    </message>
    <message>
        <source>Trust · %1</source>
        <translation>信任 · %1</translation>
    </message>
    <message>
        <source>once there are hosts</source>
        <translation>有主机之后</translation>
    </message>
    <message>
        <source>%1 of %2 host keys are trusted</source>
        <translation>%2 个主机密钥中 %1 个已信任</translation>
    </message>
    <message>
        <source>Next: checks</source>
        <translation>下一步：检查</translation>
    </message>
    <message>
        <source>%1 of %2 trusted</source>
        <translation>%2 个中 %1 个已信任</translation>
    </message>
    <message>
        <source>hosts come first</source>
        <translation>需先填写主机</translation>
    </message>
    <message>
        <source>Read the keys again</source>
        <translation>重新读取密钥</translation>
    </message>
    <message>
        <source>Import known_hosts…</source>
        <translation>导入 known_hosts…</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>复制指纹</translation>
    </message>
    <message>
        <source>Forget the old key…</source>
        <translation>删除旧密钥…</translation>
    </message>
    <message>
        <source>Keys of the hosts</source>
        <translation>主机密钥</translation>
    </message>
    <message>
        <source>Trust 1 new key…</source>
        <translation>信任 1 把新密钥…</translation>
    </message>
    <message>
        <source>Trust 1 new key?</source>
        <translation>信任 1 把新密钥？</translation>
    </message>
    <message>
        <source>Trust %1</source>
        <translation>信任 %1</translation>
    </message>
    <message>
        <source>Keys: new %1, known before %2, another one here %3; lines left out %4</source>
        <translation>密钥：新 %1 把，已知 %2 把，在此另有密钥 %3 个；略过 %4 行</translation>
    </message>
    <message>
        <source>%1 pinned</source>
        <translation>%1已固定</translation>
    </message>
    <message>
        <source>%1 open</source>
        <translation>还有 %1</translation>
    </message>
</context>
<context>
    <name>InstallWords</name>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>Not a name: small letters, digits and '-', at most 63</source>
        <translation>不是合法名称：小写字母、数字和 '-'，最多 63 个</translation>
    </message>
    <message>
        <source>Not an IPv4 or IPv6 address</source>
        <translation>不是 IPv4 或 IPv6 地址</translation>
    </message>
    <message>
        <source>A port is 1 to 65535</source>
        <translation>端口为 1 到 65535</translation>
    </message>
    <message>
        <source>Not a range: 10.244.0.0/16</source>
        <translation>不是网段：10.244.0.0/16</translation>
    </message>
    <message>
        <source>Not a version: v1.34.9</source>
        <translation>不是版本号：v1.34.9</translation>
    </message>
    <message>
        <source>Not an endpoint: host:port</source>
        <translation>不是接入地址：主机:端口</translation>
    </message>
    <message>
        <source>Not a URL: http://proxy.example.com:3128</source>
        <translation>不是网址：http://proxy.example.com:3128</translation>
    </message>
    <message>
        <source>A plan is a file that is passed on: no names and passwords in a URL</source>
        <translation>方案文件会传给他人：网址中不能有用户名和密码</translation>
    </message>
    <message>
        <source>There is no such choice</source>
        <translation>没有这个选项</translation>
    </message>
    <message>
        <source>etcd wants an odd number of control-plane hosts: 1, 3, 5 or 7</source>
        <translation>etcd 要求控制面主机为奇数：1、3、5 或 7 台</translation>
    </message>
    <message>
        <source>At most seven control-plane hosts</source>
        <translation>控制面主机最多 7 台</translation>
    </message>
    <message>
        <source>At least one host has to be a control plane</source>
        <translation>至少要有一台控制面主机</translation>
    </message>
    <message>
        <source>Several control-plane hosts need one address for all nodes</source>
        <translation>多台控制面主机需要一个供所有节点使用的地址</translation>
    </message>
    <message>
        <source>The jump hosts lead in a circle</source>
        <translation>跳板形成了环</translation>
    </message>
    <message>
        <source>The range has too few addresses</source>
        <translation>网段的地址不够</translation>
    </message>
    <message>
        <source>%1 has it already</source>
        <translation>%1 已使用</translation>
    </message>
    <message>
        <source>Overlaps with %1</source>
        <translation>与 %1 重叠</translation>
    </message>
    <message>
        <source>No host of the plan, and not user@address:port</source>
        <translation>不是方案中的主机，也不是 user@地址:端口</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>控制面</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>信任</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>采集</translation>
    </message>
    <message>
        <source>Across hosts</source>
        <translation>主机之间</translation>
    </message>
    <message>
        <source>Host checks</source>
        <translation>主机检查</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Lock, journal</source>
        <translation>锁与日志</translation>
    </message>
    <message>
        <source>System</source>
        <translation>准备系统</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Binaries, images</source>
        <translation>程序与镜像</translation>
    </message>
    <message>
        <source>First control</source>
        <translation>首个控制面</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>More control</source>
        <translation>其他控制面</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作节点</translation>
    </message>
    <message>
        <source>Add-ons</source>
        <translation>附加组件</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>does not apply</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>being probed</source>
        <translation>探测中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>无需执行</translation>
    </message>
    <message>
        <source>being undone</source>
        <translation>撤销中</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>would be done</source>
        <translation>将执行</translation>
    </message>
    <message>
        <source>cluster name</source>
        <translation>集群名称</translation>
    </message>
    <message>
        <source>version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>endpoint</source>
        <translation>接入地址</translation>
    </message>
    <message>
        <source>range of the pods</source>
        <translation>Pod 网段</translation>
    </message>
    <message>
        <source>range of the services</source>
        <translation>服务网段</translation>
    </message>
    <message>
        <source>image mirror</source>
        <translation>镜像源</translation>
    </message>
    <message>
        <source>package mirror</source>
        <translation>软件源</translation>
    </message>
    <message>
        <source>HTTP proxy</source>
        <translation>HTTP 代理</translation>
    </message>
    <message>
        <source>HTTPS proxy</source>
        <translation>HTTPS 代理</translation>
    </message>
    <message>
        <source>without proxy</source>
        <translation>不走代理</translation>
    </message>
    <message>
        <source>network add-on</source>
        <translation>网络组件</translation>
    </message>
    <message>
        <source>hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>jump host</source>
        <translation>跳板</translation>
    </message>
    <message>
        <source>%1 of host %2</source>
        <translation>第 %2 台主机的%1</translation>
    </message>
    <message>
        <source>host %1</source>
        <translation>第 %1 台主机</translation>
    </message>
    <message>
        <source>file %1</source>
        <translation>文件 %1</translation>
    </message>
    <message>
        <source>service %1</source>
        <translation>服务 %1</translation>
    </message>
    <message>
        <source>package %1</source>
        <translation>软件包 %1</translation>
    </message>
    <message>
        <source>kernel value %1</source>
        <translation>内核参数 %1</translation>
    </message>
    <message>
        <source>kernel module %1</source>
        <translation>内核模块 %1</translation>
    </message>
    <message>
        <source>swap %1</source>
        <translation>交换分区 %1</translation>
    </message>
    <message>
        <source>images %1</source>
        <translation>镜像 %1</translation>
    </message>
    <message>
        <source>cluster object %1</source>
        <translation>集群对象 %1</translation>
    </message>
    <message>
        <source>node %1</source>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>membership %1</source>
        <translation>成员 %1</translation>
    </message>
    <message>
        <source>platform: %1</source>
        <translation>平台：%1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>约 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>约 %1 分</translation>
    </message>
    <message>
        <source>%1 is reset: all of Kubernetes goes</source>
        <translation>重置 %1：其上的 Kubernetes 全部清除</translation>
    </message>
    <message>
        <source>add-ons</source>
        <translation>附加组件</translation>
    </message>
</context>
<context>
    <name>InstallJobs</name>
    <message>
        <source>Looking at the hosts of %1</source>
        <translation>查看 %1 的主机</translation>
    </message>
    <message>
        <source>Removing a worker of %1</source>
        <translation>移除 %1 的工作节点</translation>
    </message>
    <message>
        <source>Removing %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Installing %1</source>
        <translation>安装 %1</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteRoom</name>
    <message>
        <source>draft</source>
        <translation>草稿接口</translation>
    </message>
    <message>
        <source>The service cannot place it: %1</source>
        <translation>服务端无法放置:%1</translation>
    </message>
    <message>
        <source>The service finds no node with room for one instance now</source>
        <translation>服务端没有找到此刻能放下一个实例的节点</translation>
    </message>
    <message>
        <source>The service finds no node for one instance: %1</source>
        <translation>服务端没有找到能放下一个实例的节点:%1</translation>
    </message>
    <message>
        <source>%1: %2 here, %3 in the center</source>
        <translation>%1:本集群 %2,中心 %3</translation>
    </message>
    <message>
        <source>%1 more models</source>
        <translation>另有 %1 种型号</translation>
    </message>
    <message>
        <source>Cards as the service counts them — %1</source>
        <translation>服务端统计的卡数 — %1</translation>
    </message>
</context>
<context>
    <name>kboss::InstallAddonsField</name>
    <message>
        <source>metrics-server: figures of nodes and pods</source>
        <translation>metrics-server：节点与 Pod 的用量</translation>
    </message>
    <message>
        <source>local-storage: volumes on the nodes' disks</source>
        <translation>local-storage：节点本地磁盘的存储卷</translation>
    </message>
    <message>
        <source>gpu-operator: drivers, counting, and a test job</source>
        <translation>gpu-operator：GPU 驱动、计数与测试作业</translation>
    </message>
</context>
<context>
    <name>InstallCounts</name>
    <message>
        <source>1 host</source>
        <translation>1 台主机</translation>
    </message>
    <message>
        <source>%1 hosts</source>
        <translation>%1 台主机</translation>
    </message>
    <message>
        <source>1 worker</source>
        <translation>1 个工作节点</translation>
    </message>
    <message>
        <source>%1 workers</source>
        <translation>%1 个工作节点</translation>
    </message>
    <message>
        <source>1 control plane</source>
        <translation>1 个控制面</translation>
    </message>
    <message>
        <source>%1 control planes</source>
        <translation>%1 个控制面</translation>
    </message>
    <message>
        <source>1 installation</source>
        <translation>1 个安装</translation>
    </message>
    <message>
        <source>%1 installations</source>
        <translation>%1 个安装</translation>
    </message>
    <message>
        <source>1 check</source>
        <translation>1 项检查</translation>
    </message>
    <message>
        <source>%1 checks</source>
        <translation>%1 项检查</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 处改动</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 处改动</translation>
    </message>
    <message>
        <source>1 step</source>
        <translation>1 步</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 步</translation>
    </message>
    <message>
        <source>1 step failed</source>
        <translation>1 步失败</translation>
    </message>
    <message>
        <source>%1 steps failed</source>
        <translation>%1 步失败</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 个主机密钥</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 个主机密钥</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>1 package</source>
        <translation>1 个软件包</translation>
    </message>
    <message>
        <source>%1 packages</source>
        <translation>%1 个软件包</translation>
    </message>
    <message>
        <source>1 archive of images</source>
        <translation>1 个镜像包</translation>
    </message>
    <message>
        <source>%1 archives of images</source>
        <translation>%1 个镜像包</translation>
    </message>
    <message>
        <source>1 manifest</source>
        <translation>1 个清单</translation>
    </message>
    <message>
        <source>%1 manifests</source>
        <translation>%1 个清单</translation>
    </message>
    <message>
        <source>1 pod</source>
        <translation>1 个实例</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 个实例</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 个节点</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
</context>
<context>
    <name>kboss::InstallFilesField</name>
    <message>
        <source>no packages (.deb), images (.tar) or manifests (.yaml) in it</source>
        <translation>其中没有软件包（.deb）、镜像（.tar）或清单（.yaml）</translation>
    </message>
    <message>
        <source>Packages, images and manifests to bring along. Empty: all from the mirrors.</source>
        <translation>随安装带去的软件包、镜像和清单。留空则全部来自镜像源。</translation>
    </message>
    <message>
        <source>Looking into the folder…</source>
        <translation>正在查看目录…</translation>
    </message>
    <message>
        <source>Folder with files for the hosts</source>
        <translation>要带到主机的文件所在目录</translation>
    </message>
    <message>
        <source>Packages (.deb), archives of images (.tar) and manifests (.yaml) in it are copied to the hosts.</source>
        <translation>其中的软件包（.deb）、镜像包（.tar）和清单（.yaml）会复制到主机。</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>from the mirrors</source>
        <translation>来自镜像源</translation>
    </message>
</context>
<context>
    <name>kboss::InstallRemoval</name>
    <message>
        <source>Remove workers of %1</source>
        <translation>移除 %1 的工作节点</translation>
    </message>
    <message>
        <source>Each of them in turn: closed to new pods; its pods are moved to other nodes (those of DaemonSets end with it, data in emptyDir is lost, disruption budgets are kept, pods without a controller stop the removal); the node is deleted from the cluster; the host is reset. Packages, images and settings of the system stay.</source>
        <translation>逐个进行：停止接收新的Pod；把其上的Pod迁到其他节点（DaemonSet 的随节点结束，emptyDir 中的数据会丢失，遵守中断预算，没有控制器的Pod会使移除停下）；从集群删除节点；重置主机。软件包、镜像和系统设置保留。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose the workers that are to leave the cluster.</source>
        <translation>请选择要离开集群的工作节点。</translation>
    </message>
    <message>
        <source>Takes %1: %2.</source>
        <translation>需要%1：%2。</translation>
    </message>
    <message>
        <source>Type “%1” to go on. This cannot be undone.</source>
        <translation>输入“%1”以继续。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Remove workers</source>
        <translation>移除工作节点</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>InstallStepWords</name>
    <message>
        <source>Not possible: it may be half a member of the control plane. Undo it first.</source>
        <translation>不可行：它可能已是控制面的半个成员。请先撤销它。</translation>
    </message>
    <message>
        <source>Not possible: it is the first control plane, there is no cluster without it.</source>
        <translation>不可行：它是第一个控制节点，没有它就没有集群。</translation>
    </message>
    <message>
        <source>It is left out already.</source>
        <translation>它已被排除。</translation>
    </message>
    <message>
        <source>Not needed: everything is done on this host.</source>
        <translation>无需：这台主机上已全部完成。</translation>
    </message>
    <message>
        <source>Not possible: %1 would lose their cluster, which %2 began. Undo those hosts first, or remove the whole cluster.</source>
        <translation>不可行：%1 会失去由 %2 建立的集群。请先撤销那些主机，或移除整个集群。</translation>
    </message>
    <message>
        <source>take the lock</source>
        <translation>取得锁</translation>
    </message>
    <message>
        <source>swap off</source>
        <translation>关闭交换分区</translation>
    </message>
    <message>
        <source>kernel modules</source>
        <translation>内核模块</translation>
    </message>
    <message>
        <source>kernel values</source>
        <translation>内核参数</translation>
    </message>
    <message>
        <source>time synchronisation</source>
        <translation>时间同步</translation>
    </message>
    <message>
        <source>open ports of the firewall</source>
        <translation>开放防火墙端口</translation>
    </message>
    <message>
        <source>install containerd</source>
        <translation>安装 containerd</translation>
    </message>
    <message>
        <source>set up containerd</source>
        <translation>配置 containerd</translation>
    </message>
    <message>
        <source>Kubernetes packages</source>
        <translation>Kubernetes 软件包</translation>
    </message>
    <message>
        <source>images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>kubeadm's own checks</source>
        <translation>kubeadm 自检</translation>
    </message>
    <message>
        <source>certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>kubeconfig files</source>
        <translation>kubeconfig 文件</translation>
    </message>
    <message>
        <source>etcd</source>
        <translation>etcd</translation>
    </message>
    <message>
        <source>control plane</source>
        <translation>控制面</translation>
    </message>
    <message>
        <source>start the kubelet</source>
        <translation>启动 kubelet</translation>
    </message>
    <message>
        <source>wait for the control plane</source>
        <translation>等待控制面就绪</translation>
    </message>
    <message>
        <source>keep the configuration in the cluster</source>
        <translation>把配置存入集群</translation>
    </message>
    <message>
        <source>certificates for more control planes</source>
        <translation>供其他控制面使用的证书</translation>
    </message>
    <message>
        <source>mark the control plane</source>
        <translation>标记控制面</translation>
    </message>
    <message>
        <source>token for joining</source>
        <translation>加入令牌</translation>
    </message>
    <message>
        <source>certificates of the kubelet</source>
        <translation>kubelet 证书</translation>
    </message>
    <message>
        <source>DNS and proxy of the cluster</source>
        <translation>集群 DNS 与代理</translation>
    </message>
    <message>
        <source>keep the way into the cluster</source>
        <translation>保存集群访问配置</translation>
    </message>
    <message>
        <source>network of the pods</source>
        <translation>Pod网络</translation>
    </message>
    <message>
        <source>wait until ready</source>
        <translation>等待就绪</translation>
    </message>
    <message>
        <source>join as a worker</source>
        <translation>作为工作节点加入</translation>
    </message>
    <message>
        <source>join as a control plane</source>
        <translation>作为控制面加入</translation>
    </message>
    <message>
        <source>try the API and the nodes</source>
        <translation>验证 API 与节点</translation>
    </message>
    <message>
        <source>try etcd</source>
        <translation>验证 etcd</translation>
    </message>
    <message>
        <source>dates of the certificates</source>
        <translation>证书有效期</translation>
    </message>
    <message>
        <source>try the network between all nodes</source>
        <translation>验证节点间网络</translation>
    </message>
    <message>
        <source>count the GPUs</source>
        <translation>核对 GPU 数量</translation>
    </message>
    <message>
        <source>test job on the GPUs</source>
        <translation>GPU 测试作业</translation>
    </message>
    <message>
        <source>tell the service</source>
        <translation>登记到服务</translation>
    </message>
    <message>
        <source>tell the service that it is gone</source>
        <translation>从服务注销</translation>
    </message>
    <message>
        <source>take back the token for joining</source>
        <translation>收回加入令牌</translation>
    </message>
    <message>
        <source>reset the host</source>
        <translation>重置主机</translation>
    </message>
    <message>
        <source>bring file %1</source>
        <translation>传送文件 %1</translation>
    </message>
    <message>
        <source>add-on %1</source>
        <translation>附加组件 %1</translation>
    </message>
    <message>
        <source>drain %1</source>
        <translation>排空 %1</translation>
    </message>
    <message>
        <source>delete the node %1</source>
        <translation>删除节点 %1</translation>
    </message>
    <message>
        <source>%1 leaves etcd and the cluster</source>
        <translation>%1 离开 etcd 与集群</translation>
    </message>
    <message>
        <source>tell the service that %1 is gone</source>
        <translation>从服务注销 %1</translation>
    </message>
    <message>
        <source>Not possible: it has not failed.</source>
        <translation>不可用：该步骤没有失败。</translation>
    </message>
    <message>
        <source>Not possible: nothing of it was done.</source>
        <translation>不可用：该步骤没有做过任何改动。</translation>
    </message>
    <message>
        <source>Not possible: this step changes nothing that could be taken back alone.</source>
        <translation>不可用：该步骤没有可单独撤回的改动。</translation>
    </message>
    <message>
        <source>Not possible: nothing was done on this host.</source>
        <translation>不可用：没有改动过这台主机。</translation>
    </message>
    <message>
        <source>Not now: a step of this host is running.</source>
        <translation>暂不可用：这台主机正在执行步骤。</translation>
    </message>
</context>
<context>
    <name>kboss::InstallAsker</name>
    <message>
        <source>The host waits until %1.</source>
        <translation>主机等待至 %1。</translation>
    </message>
    <message>
        <source>Send the answer</source>
        <translation>发送回答</translation>
    </message>
    <message>
        <source>%1 asks during the sign-in</source>
        <translation>%1 在登录时提问</translation>
    </message>
    <message>
        <source>To %1. What is typed goes to this host alone and is kept nowhere.</source>
        <translation>发往 %1。输入的内容只发给这台主机，不会保存在任何地方。</translation>
    </message>
</context>
</TS>
