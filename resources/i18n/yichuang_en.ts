<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
    <context>
    <name>AcceptPresenter</name>
    <message>
        <location filename="../../app/presenters/accept.py" line="111" />
        <source>还不能受理</source>
        <translation>Not ready to accept</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="113" />
        <source>F5 跳到下一空项，F6 拍材料；来访人要先走，再按 F7 出一次性告知书。</source>
        <translation>F5 goes to the next empty field, F6 captures a material; if the visitor must leave, F7 again makes the one-time notice.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="141" />
        <source>编号 {0}，共 {1} 项需要补正</source>
        <translation>Number {0}, points to put right: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="142" />
        <source>交给来访人后按 F12 结束本次。</source>
        <translation>Hand it to the visitor, then press F12 to end the visit.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="143" />
        <source>一次性告知书已生成</source>
        <translation>The one-time notice is made</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="180" />
        <source>当前离线，联网后自动上传，办件编码随后取得。</source>
        <translation>Offline now: sent by itself once online, the case numbers follow.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="181" />
        <source>已受理 {0} 件</source>
        <translation>Cases accepted: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="182" />
        <source>受理流水号 {0}</source>
        <translation>Provisional numbers {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="200" />
        <source>平台已确认 {0} 件</source>
        <translation>Confirmed by the platform: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="201" />
        <source>办件编码：{0}</source>
        <translation>Case numbers: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="213" />
        <source>F8 预览和再次打印</source>
        <translation>F8 shows it and prints again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="250" />
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="250" />
        <source>凭条打印机</source>
        <translation>Receipt printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="255" />
        <source>{0}没有答复</source>
        <translation>{0}: no answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="256" />
        <source>{0}。请看一下：纸出来了吗？</source>
        <translation>{0}. Please look: did paper come out?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="257" />
        <source>已出纸</source>
        <translation>It came out</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="258" />
        <source>没有出纸</source>
        <translation>No paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="266" />
        <source>办件已受理，数据已保存。处理打印机后按 F8 再次打印。</source>
        <translation>The cases are accepted and saved. See to the printer, then press F8 to print again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="268" />
        <source>告知书已保存。处理打印机后按 F7 再出一份。</source>
        <translation>The notice is saved. See to the printer, then press F7 to make another.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="269" />
        <source>{0}没有打印</source>
        <translation>{0}: not printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="300" />
        <source>即办</source>
        <translation>At once</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="302" />
        <source>承诺 {0} 个工作日</source>
        <translation>Working days: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="310" />
        <source>已填 {0}/{1} 项；分开填表要 {2} 项</source>
        <translation>{0}/{1} fields filled; separate forms would ask {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="313" />
        <source>在线受理：打印后即上传，取得办件编码</source>
        <translation>Online: sent after printing, the case numbers come back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="315" />
        <source>离线受理（{0}）：发受理流水号，联网后自动上传</source>
        <translation>Offline ({0}): provisional numbers now, sent by itself once online</translation>
    </message>
</context><context>
    <name>Actions</name>
    <message>
        <location filename="../../widgets/actions.py" line="29" />
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="29" />
        <source>显示本页</source>
        <translation>Show this page</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="34" />
        <source>读证件</source>
        <translation>Read ID</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="35" />
        <source>读居民身份证、居住证、永久居留身份证</source>
        <translation>Read a resident ID card or a residence permit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="38" />
        <source>选事项</source>
        <translation>Choose items</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="38" />
        <source>搜索并选择要办的事项</source>
        <translation>Search and choose what the visitor came for</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="44" />
        <source>扫证照</source>
        <translation>Scan licence</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="45" />
        <source>扫手机上的电子证照二维码</source>
        <translation>Scan the QR code of an e-licence on a phone</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="48" />
        <source>下一空项</source>
        <translation>Next field</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="48" />
        <source>跳到下一个必填的空项</source>
        <translation>Go to the next required field that is empty</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="50" />
        <source>拍材料</source>
        <translation>Capture</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="50" />
        <source>用高拍仪拍所选的材料</source>
        <translation>Capture the selected material with the document camera</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="55" />
        <source>核对</source>
        <translation>Check</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="56" />
        <source>检查表单和材料，列出将受理的内容</source>
        <translation>Check form and materials, list what will be accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="58" />
        <source>受理打印</source>
        <translation>Accept &amp; print</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="58" />
        <source>受理并打印受理通知书</source>
        <translation>Accept and print the notice of acceptance</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="60" />
        <source>待传清单</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="60" />
        <source>查看未上传的办件和原因</source>
        <translation>See the cases not sent yet, and why</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="66" />
        <source>下一位</source>
        <translation>Next visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="67" />
        <source>结束本次办理，接待下一位</source>
        <translation>Finish this visit and receive the next visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="73" />
        <source>命令面板</source>
        <translation>Command palette</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="74" />
        <source>找功能、事项、办件，回车即办</source>
        <translation>Find actions, items and cases; Enter does it</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="81" />
        <source>我的办件</source>
        <translation>My cases</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="82" />
        <source>查本窗口的办件：进展、材料、文书，重印</source>
        <translation>This window's cases: progress, materials, papers, print again</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="89" />
        <source>今日看板</source>
        <translation>Today's board</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="90" />
        <source>今天的件数、时限灯、待办，打印日报</source>
        <translation>Today's figures, time limits, what is due; print the report</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="97" />
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="98" />
        <source>平台的消息：进展、补正、办结</source>
        <translation>The platform's messages: progress, corrections, results</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="105" />
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="106" />
        <source>设备状态：怎么办、重新连接、试一试</source>
        <translation>How each device is, what to do, connect again, try out</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="113" />
        <source>请群众确认</source>
        <translation>Confirm with the citizen</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="114" />
        <source>在群众屏上显示表单，请申请人核对签字</source>
        <translation>Show the form on the citizen’s screen to be checked and signed</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="121" />
        <source>暂停服务</source>
        <translation>Closed for now</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="122" />
        <source>群众屏显示暂停服务，再按一次恢复</source>
        <translation>The citizen’s screen says closed; press again to open</translation>
    </message>
</context><context>
    <name>Bars</name>
    <message>
        <location filename="../../widgets/bars.py" line="73" />
        <source>还有 {0} 种</source>
        <translation>{0} more</translation>
    </message>
</context><context>
    <name>BatchDialog</name>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="153" />
        <source>核对进度</source>
        <translation>Progress of the check</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="159" />
        <source>表格各行</source>
        <translation>Rows of the table</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="179" />
        <source>下一处错误 F5</source>
        <translation>Next mistake  F5</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="180" />
        <source>只看有误 Ctrl+E</source>
        <translation>Wrong ones only  Ctrl+E</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="182" />
        <source>另存标记副本</source>
        <translation>Save a marked copy</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="183" />
        <source>采用合格行</source>
        <translation>Take the right rows</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="184" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="224" />
        <source>采用合格的 {0} 行</source>
        <translation>Take the right rows: {0}</translation>
    </message>
</context><context>
    <name>BatchPresenter</name>
    <message>
        <location filename="../../app/presenters/batch.py" line="83" />
        <source>表格 (*.xlsx *.csv *.txt)</source>
        <translation>Tables (*.xlsx *.csv *.txt)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="84" />
        <source>从文件导入表格</source>
        <translation>Import a table from a file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="93" />
        <source>导入{0}：{1}</source>
        <translation>Import "{0}": {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="99" />
        <source>正在读取…</source>
        <translation>Reading …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="109" />
        <source>正在读取…已读 {0} 行</source>
        <translation>Reading … rows so far: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="121" />
        <source>正在核对 {0}/{1} 行，每秒 {2} 行，约剩 {3} 秒</source>
        <translation>Checking row {0} of {1}, {2} a second, about {3} s left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="150" />
        <source>共 {0} 行，合格 {1}，有误 {2}</source>
        <translation>Rows: {0}, right: {1}, wrong: {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="154" />
        <source>；文件里没有：{0}</source>
        <translation>; not in the file: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="168" />
        <source>另存标记副本</source>
        <translation>Save a marked copy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="168" />
        <source>核对结果.xlsx</source>
        <translation>checked.xlsx</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="168" />
        <source>工作簿 (*.xlsx)</source>
        <translation>Workbooks (*.xlsx)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="180" />
        <source>{0}，有误 {1} 行已标出</source>
        <translation>{0}, wrong rows marked: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="181" />
        <source>已另存标记副本</source>
        <translation>The marked copy is saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="197" />
        <source>有误的 {0} 行没有采用。</source>
        <translation>Wrong rows not taken: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="198" />
        <source>已采用 {0} 行</source>
        <translation>Rows taken: {0}</translation>
    </message>
</context><context>
    <name>BoardDialog</name>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="70" />
        <source>今日看板</source>
        <translation>Today's board</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="92" />
        <location filename="../../widgets/dialogs/board.py" line="76" />
        <source>今日受理到了哪一步</source>
        <translation>Where today's cases stand</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="93" />
        <location filename="../../widgets/dialogs/board.py" line="77" />
        <source>今日事项</source>
        <translation>Today's items</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="89" />
        <location filename="../../widgets/dialogs/board.py" line="78" />
        <source>好差评</source>
        <translation>Ratings</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="90" />
        <location filename="../../widgets/dialogs/board.py" line="82" />
        <location filename="../../widgets/dialogs/board.py" line="81" />
        <source>窗口人员</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="82" />
        <source>人次</source>
        <translation>Visitors</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="82" />
        <source>件数</source>
        <translation>Cases</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="82" />
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="95" />
        <source>今天还没有受理办件。受理后这里会自己更新。</source>
        <translation>Nothing was accepted today yet. This page updates by itself.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="105" />
        <source>打印日报 P</source>
        <translation>Print report  P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="107" />
        <source>导出日报 E</source>
        <translation>Save report  E</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="109" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="123" />
        <source>正在统计…</source>
        <translation>Counting…</translation>
    </message>
</context><context>
    <name>BoardPresenter</name>
    <message>
        <location filename="../../app/presenters/board.py" line="85" />
        <source>本窗口没有配备打印机，可导出后再打印。</source>
        <translation>This window has no printer; save the report and print it elsewhere.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="87" />
        <source>正在打印日报…</source>
        <translation>Printing the report…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="90" />
        <source>日报 {0}</source>
        <translation>Daily report {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="99" />
        <source>日报已送打印机。</source>
        <translation>The report was sent to the printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="101" />
        <source>日报没有打印：{0}</source>
        <translation>The report was not printed: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="109" />
        <source>导出日报</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="110" />
        <source>日报 {0}.pdf</source>
        <translation>Daily report {0}.pdf</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="111" />
        <source>PDF 文件 (*.pdf);;表格 (*.csv)</source>
        <translation>PDF files (*.pdf);;Tables (*.csv)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="128" />
        <source>日报没有存成</source>
        <translation>The report was not saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="128" />
        <source>文件写不进去。</source>
        <translation>The file cannot be written.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="128" />
        <source>请换一个位置再存。</source>
        <translation>Save it somewhere else.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="132" />
        <source>日报已存为 {0}</source>
        <translation>Report saved as {0}</translation>
    </message>
</context><context>
    <name>CaseModel</name>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="37" />
        <source>受理流水号</source>
        <translation>Acceptance no.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="38" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="39" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="40" />
        <source>受理时间</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="41" />
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="42" />
        <source>期限</source>
        <translation>Due</translation>
    </message>
</context><context>
    <name>CasePanel</name>
    <message>
        <location filename="../../widgets/case_panel.py" line="20" />
        <source>办件详情</source>
        <translation>The case in full</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="60" />
        <location filename="../../widgets/case_panel.py" line="33" />
        <source>详情</source>
        <translation>Details</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="43" />
        <location filename="../../widgets/case_panel.py" line="35" />
        <source>表单</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="46" />
        <location filename="../../widgets/case_panel.py" line="46" />
        <location filename="../../widgets/case_panel.py" line="36" />
        <source>材料</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="51" />
        <location filename="../../widgets/case_panel.py" line="50" />
        <location filename="../../widgets/case_panel.py" line="37" />
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <location filename="../../widgets/case_panel.py" line="38" />
        <source>记录</source>
        <translation>History</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="43" />
        <source>栏目</source>
        <translation>Field</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <location filename="../../widgets/case_panel.py" line="43" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="43" />
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="46" />
        <source>情况</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="46" />
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="51" />
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="51" />
        <source>打印</source>
        <translation>Prints</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <source>人员</source>
        <translation>Who</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="66" />
        <source>选中左边的办件，这里显示它的内容。</source>
        <translation>Select a case on the left to see it here.</translation>
    </message>
</context><context>
    <name>CasesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="115" />
        <source>我的办件</source>
        <translation>My cases</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="121" />
        <source>查找办件</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="122" />
        <source>受理流水号（或当日序号）、办件编码、身份证号后六位、姓名</source>
        <translation>Acceptance no. (or the day's counter), case no., last six of the ID, name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="174" />
        <location filename="../../widgets/dialogs/cases.py" line="127" />
        <source>受理日期</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="128" />
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="128" />
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="128" />
        <source>30 天</source>
        <translation>30 days</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="135" />
        <location filename="../../widgets/dialogs/cases.py" line="128" />
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="133" />
        <source>办理情况</source>
        <translation>How it stands</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="136" />
        <source>在办</source>
        <translation>Running</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="137" />
        <source>将到期</source>
        <translation>Nearly due</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="138" />
        <source>逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="139" />
        <source>需处理</source>
        <translation>To settle</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="140" />
        <source>补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="141" />
        <source>待回执</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="142" />
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="173" />
        <source>Ctrl+1–4 日期　Alt+1–8 情况　Alt+Shift+1–4 详情</source>
        <translation>Ctrl+1–4 days   Alt+1–8 state   Alt+Shift+1–4 details</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="176" />
        <source>重印 Ctrl+P</source>
        <translation>Print again  Ctrl+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="178" />
        <source>看文书 Enter</source>
        <translation>See the paper  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="179" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="190" />
        <source>正在读取办件…</source>
        <translation>Reading the cases…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="201" />
        <source>没有符合条件的办件。
换个日期或办理情况，或清空查找内容。</source>
        <translation>No case fits.
Try other days or states, or empty the search.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="203" />
        <source>本窗口还没有受理过办件。</source>
        <translation>This window has not accepted any case yet.</translation>
    </message>
</context><context>
    <name>CasesPresenter</name>
    <message>
        <location filename="../../app/presenters/cases.py" line="134" />
        <source>共 {0} 件</source>
        <translation>Cases: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="177" />
        <source>打印出来会标明“补打”</source>
        <translation>The print will be marked as a reprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="192" />
        <source>正在重印…</source>
        <translation>Printing again…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="196" />
        <source>本窗口没有配备打印机，没有重印。</source>
        <translation>This window has no printer; nothing was printed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="204" />
        <source>已送打印机。</source>
        <translation>Sent to the printer.</translation>
    </message>
</context><context>
    <name>CheckDialog</name>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="41" />
        <source>核对内容</source>
        <translation>What is to be checked</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="50" />
        <source>返回修改 Enter</source>
        <translation>Back to correct  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="52" />
        <source>一次性告知书 G</source>
        <translation>One-time notice  G</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="59" />
        <source>受理打印 Enter</source>
        <translation>Accept &amp; print  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="62" />
        <source>返回 Esc</source>
        <translation>Back  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="95" />
        <source>将受理 {0} 件</source>
        <translation>Cases to accept: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="107" />
        <source>材料 {0} 份</source>
        <translation>Materials: {0}</translation>
    </message>
</context><context>
    <name>Citizen</name>
    <message>
        <location filename="../../app/presenters/customer_words.py" line="70" />
        <source>按期补交“{0}”</source>
        <translation>to hand in "{0}" in time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer_words.py" line="71" />
        <source>“{0}”所证明的情况属实</source>
        <translation>that what "{0}" would prove is true</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer_words.py" line="101" />
        <source>共 {0} 行</source>
        <translation>{0} rows</translation>
    </message>
</context><context>
    <name>CodePresenter</name>
    <message>
        <location filename="../../app/presenters/codes.py" line="29" />
        <source>这是企业码，只表明企业身份，不能代替证照。</source>
        <translation>An enterprise code names the enterprise only and replaces no licence.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="30" />
        <source>这是网址形式的营业执照码，请让来访者打开电子证照。</source>
        <translation>A business licence as a web address: ask the visitor to open the e-licence.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="31" />
        <source>这是本系统打印的文书，不是证照。</source>
        <translation>A paper printed by this system, not a licence.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="32" />
        <source>这不是电子证照的二维码，请让来访者打开“我的证照”。</source>
        <translation>Not the code of an e-licence: ask the visitor to open "My licences".</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="78" />
        <source>扫电子证照</source>
        <translation>Scan an e-licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="80" />
        <source>请来访者亮出手机上的证照二维码（Esc 停止）</source>
        <translation>Ask the visitor to show the licence's QR code (Esc stops)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="126" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="126" />
        <source>证照</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="136" />
        <source>画面已结束，没有读到证照。按 F4 重新扫描。</source>
        <translation>The picture has ended without a licence. Press F4 to scan again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="139" />
        <source>摄像头不能用</source>
        <translation>The camera cannot be used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="139" />
        <source>请检查摄像头连线后按 F4 重试。</source>
        <translation>Check the camera's cable and press F4 to try again.</translation>
    </message>
</context><context>
    <name>CompleteLaterDialog</name>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="130" />
        <location filename="../../widgets/dialogs/complete_later.py" line="33" />
        <source>补交与核查</source>
        <translation>To complete and check</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="40" />
        <source>查找办件</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="41" />
        <source>受理流水号、身份证号（或后六位）、姓名</source>
        <translation>Receipt number, ID number (or its last six), name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="49" />
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="50" />
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="51" />
        <source>材料</source>
        <translation>Material</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="52" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="53" />
        <source>受理流水号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="54" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="118" />
        <location filename="../../widgets/dialogs/complete_later.py" line="73" />
        <source>没有要补交的材料，也没有待核查的承诺。</source>
        <translation>No material to complete and no promise to check.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="84" />
        <source>核查属实 Y</source>
        <translation>Found true  Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="85" />
        <source>核查不实 N</source>
        <translation>Found false  N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="140" />
        <location filename="../../widgets/dialogs/complete_later.py" line="86" />
        <source>拍补交材料 F6</source>
        <translation>Capture it  F6</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="88" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="116" />
        <source>没有找到这样的办件，或者它没有要补交的材料。</source>
        <translation>No such case, or nothing is to be completed in it.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="140" />
        <source>拍下这一页 F6</source>
        <translation>Take this page  F6</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="153" />
        <source>核查单位：{0}</source>
        <translation>Checked by: {0}</translation>
    </message>
</context><context>
    <name>CompleteLaterPresenter</name>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="98" />
        <source>{0} 项</source>
        <translation>Entries: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="100" />
        <source>{0} 项，其中逾期 {1} 项</source>
        <translation>Entries: {0}, overdue: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="116" />
        <source>补交：{0}（{1}）</source>
        <translation>To follow: {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="117" />
        <source>放好材料，绿框对准后按 F6 拍下；拍完按 Esc</source>
        <translation>Place the material; press F6 when the green frame fits, Esc when done</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="135" />
        <source>这一页已补交，但{0}。下一页按 F6，拍完按 Esc</source>
        <translation>Page saved, but {0}. F6 takes the next page, Esc ends</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="140" />
        <source>这一页已补交。下一页按 F6，拍完按 Esc</source>
        <translation>Page saved. F6 takes the next page, Esc ends</translation>
    </message>
</context><context>
    <name>ConfirmDialog</name>
    <message>
        <location filename="../../widgets/dialogs/confirm.py" line="24" />
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context><context>
    <name>ConfirmPage</name>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="106" />
        <location filename="../../widgets/customer/confirm.py" line="33" />
        <location filename="../../widgets/customer/confirm.py" line="30" />
        <source>请核对您填报的内容</source>
        <translation>Please check what you state</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="42" />
        <source>重签</source>
        <translation>Sign again</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="53" />
        <source>上一页</source>
        <translation>Back</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="54" />
        <source>下一页</source>
        <translation>Next</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="55" />
        <source>确认签字</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="56" />
        <source>内容有误</source>
        <translation>Something is wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="72" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="73" />
        <source>以上内容由本人提供或经本人核对，真实、准确。</source>
        <translation>I gave or checked the above; it is true and correct. </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="75" />
        <source>本人承诺：{0}。</source>
        <translation>I promise {0}.</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="75" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="105" />
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="106" />
        <source>请签字确认</source>
        <translation>Please sign</translation>
    </message>
</context><context>
    <name>CustomerPresenter</name>
    <message>
        <location filename="../../app/presenters/customer.py" line="128" />
        <source>有容缺或承诺的材料，必须由申请人签字。</source>
        <translation>There are tolerated or promised materials: the applicant must sign.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="170" />
        <source>表单有改动</source>
        <translation>The form was changed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="170" />
        <source>改好后按 F7，群众屏会请申请人重新核对。</source>
        <translation>When done press F7: the citizen’s screen asks the applicant to check again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="222" />
        <source>已收到您的签字</source>
        <translation>Your signature was received</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="222" />
        <source>正在受理，请稍候</source>
        <translation>One moment please</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="229" />
        <source>申请人说内容有误</source>
        <translation>The applicant says that something is wrong</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="230" />
        <source>请与申请人核对，改好后按 F7 重新确认。</source>
        <translation>Check with the applicant; when put right, press F7 to confirm again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="242" />
        <source>谢谢您的评价</source>
        <translation>Thank you for your rating</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="296" />
        <source>申请人已确认签字</source>
        <translation>The applicant has signed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="296" />
        <source>按 F8 受理打印。</source>
        <translation>Press F8 to accept and print.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="309" />
        <source>欢迎</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="310" />
        <source>暂停服务</source>
        <translation>Closed for now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="311" />
        <source>办理中</source>
        <translation>serving</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="312" />
        <source>一次性告知</source>
        <translation>one-time notice</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="313" />
        <source>等待群众确认签字 {0}/{1}</source>
        <translation>waiting for signature {0}/{1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="314" />
        <source>已签字</source>
        <translation>signed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="315" />
        <source>群众评价，可接待下一位</source>
        <translation>rating; you may go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="316" />
        <source>可接待下一位</source>
        <translation>you may go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="321" />
        <source>申请人正在签字</source>
        <translation>The applicant is signing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="321" />
        <source>申请人正在看第 {0} 页，共 {1} 页</source>
        <translation>The applicant is reading page {0} of {1}</translation>
    </message>
</context><context>
    <name>CustomerScreen</name>
    <message>
        <location filename="../../widgets/customer/screen.py" line="33" />
        <location filename="../../widgets/customer/screen.py" line="32" />
        <source>群众屏</source>
        <translation>Citizen’s screen</translation>
    </message>
</context><context>
    <name>Desk</name>
    <message>
        <location filename="../../app/presenters/desk.py" line="79" />
        <source>{0}：{1}{2}</source>
        <translation>{0}: {1} {2}</translation>
    </message>
</context><context>
    <name>DevicesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="41" />
        <location filename="../../widgets/dialogs/devices.py" line="33" />
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="34" />
        <source>灯不亮时先看这里：是什么问题、怎么办</source>
        <translation>When a light is out, look here first: what is wrong, what to do</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="41" />
        <source>型号</source>
        <translation>Model</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="41" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="41" />
        <source>最后正常</source>
        <translation>Last well</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="41" />
        <source>怎么办</source>
        <translation>What to do</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="57" />
        <source>重新连接 R</source>
        <translation>Connect again  R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="59" />
        <source>试一试 T</source>
        <translation>Try out  T</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="61" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
</context><context>
    <name>DevicesPresenter</name>
    <message>
        <location filename="../../app/presenters/devices.py" line="99" />
        <source>正在重新连接…</source>
        <translation>Connecting again…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="197" />
        <location filename="../../app/presenters/devices.py" line="111" />
        <source>已经连上。</source>
        <translation>Connected.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="125" />
        <source>请把证件放到读卡器上…</source>
        <translation>Lay the card on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="128" />
        <source>正在试打…</source>
        <translation>Printing a test…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="132" />
        <source>已送打印机：请看纸上的字是否清楚、左右是否完整。</source>
        <translation>Sent to the printer: check that the print is clear and complete at both sides.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="140" />
        <source>试打</source>
        <translation>Test print</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="150" />
        <source>读卡正常：{0}（{1}）</source>
        <translation>The reader works: {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="153" />
        <source>读卡器正常，只是没有放证件。放上证件再试一次。</source>
        <translation>The reader works; there was no card. Lay one on and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="159" />
        <source>正在使用中，画面在主屏右下角。</source>
        <translation>It is in use; its picture is at the lower right of the main screen.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="162" />
        <source>正在打开画面…</source>
        <translation>Opening the picture…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="174" />
        <source>正在看画面，按 Esc 停止。</source>
        <translation>Looking; Esc stops.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="199" />
        <source>画面正常，每秒约 {0} 帧。</source>
        <translation>The picture is fine, about {0} frames a second.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="208" />
        <source>没有成功，设备没有说明原因。</source>
        <translation>It did not work, and the device gave no reason.</translation>
    </message>
</context><context>
    <name>Editors</name>
    <message>
        <location filename="../../widgets/editors.py" line="182" />
        <source>年月日，如 20261201</source>
        <translation>yyyymmdd, e.g. 20261201</translation>
    </message>
</context><context>
    <name>FieldRow</name>
    <message>
        <location filename="../../widgets/field_row.py" line="287" />
        <source>来源不一致，请选一个：</source>
        <translation>Sources disagree, choose one:</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="287" />
        <source>以前填过，核对后可以采用：</source>
        <translation>Stated before; check it, then it may be used:</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="317" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="322" />
        <source>{0}　{1}　Ctrl+{2}</source>
        <translation>{0}  {1}  Ctrl+{2}</translation>
    </message>
</context><context>
    <name>FormPanel</name>
    <message>
        <location filename="../../widgets/form_panel.py" line="166" />
        <location filename="../../widgets/form_panel.py" line="91" />
        <location filename="../../widgets/form_panel.py" line="84" />
        <source>申请表</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="96" />
        <source>填写进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="109" />
        <source>申请表各项</source>
        <translation>Fields of the form</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="155" />
        <source>{0} 个事项合一</source>
        <translation>{0} items in one</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="157" />
        <source>，少填 {0} 项</source>
        <translation>, {0} questions saved</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="331" />
        <source>Enter 跳到下一个空项　↑↓ 上下移动　Esc 撤回本项输入</source>
        <translation>Enter: next empty field   ↑↓: move   Esc: undo this field</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="334" />
        <source>尚未填写</source>
        <translation>not filled in yet</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="335" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="358" />
        <source>已填 {0}/{1}，还差 {2} 项</source>
        <translation>{0}/{1} filled, {2} missing</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="360" />
        <source>已填 {0}/{1}</source>
        <translation>{0}/{1} filled</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="362" />
        <source>已填 {0}/{1}，齐了</source>
        <translation>{0}/{1} filled, complete</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="364" />
        <source>，{0} 项有误</source>
        <translation>, {0} wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="371" />
        <source>已受理，本表不能再改。</source>
        <translation>Accepted. This form can no longer be changed.</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="371" />
        <source>必填项已齐，按 F7 核对。</source>
        <translation>All required fields are filled. Press F7 to check.</translation>
    </message>
</context><context>
    <name>GuidePanel</name>
    <message>
        <location filename="../../widgets/guide_panel.py" line="62" />
        <source>情形引导</source>
        <translation>Guide to the situation</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="73" />
        <source>上一问 ↑</source>
        <translation>Back ↑</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="74" />
        <source>返回搜索 Esc</source>
        <translation>Back to search Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="99" />
        <source>1–9 选择　↑ 上一问　↓ 保留原答案　Esc 返回搜索</source>
        <translation>1–9 answer  ↑ back  ↓ keep the answer  Esc search</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="129" />
        <source>……等 {0} 个</source>
        <translation>… {0} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="150" />
        <source>第 {0} 页，共 {1} 页，按 0 翻页</source>
        <translation>Page {0} of {1}, 0 turns it</translation>
    </message>
</context><context>
    <name>Header</name>
    <message>
        <location filename="../../app/presenters/application.py" line="42" />
        <location filename="../../widgets/header.py" line="83" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="87" />
        <source>演示模式</source>
        <translation>Demo</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="94" />
        <source>窗口信息</source>
        <translation>Window</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="107" />
        <source>办理步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="127" />
        <source>窗口信息和办理步骤</source>
        <translation>Window and steps</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="132" />
        <source>窗口人员：{0}</source>
        <translation>Clerk: {0}</translation>
    </message>
</context><context>
    <name>HelpDialog</name>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="17" />
        <source>按键一览</source>
        <translation>Keys</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="18" />
        <source>全程可只用键盘；Esc 总是返回或取消</source>
        <translation>Everything works from the keyboard; Esc always goes back or cancels</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="23" />
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="29" />
        <location filename="../../widgets/dialogs/help.py" line="24" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="28" />
        <source>随时可用</source>
        <translation>At any time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="35" />
        <source>选事项</source>
        <translation>Choose items</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="37" />
        <source>在结果里移动</source>
        <translation>Move in the results</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="38" />
        <source>加入所选事项；未输入时去填表</source>
        <translation>Add the marked item; with nothing typed, go to the form</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="39" />
        <source>去填表</source>
        <translation>Go to the form</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="40" />
        <source>清空搜索，再按返回</source>
        <translation>Clear the search; again to go back</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="44" />
        <source>申请表</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="46" />
        <source>确认本项，跳到下一个空项</source>
        <translation>Confirm and go to the next empty field</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="47" />
        <source>上一项、下一项；选择项按 ↓ 打开列表</source>
        <translation>Previous, next field; ↓ opens a list of choices</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="48" />
        <source>撤回本项刚输入的内容</source>
        <translation>Take back what was just typed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="52" />
        <source>材料清单</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="54" />
        <source>拍所选材料</source>
        <translation>Capture the selected material</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="55" />
        <source>容缺受理</source>
        <translation>Accept without it for now</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="56" />
        <source>告知承诺</source>
        <translation>Accept a signed promise instead</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="57" />
        <source>沿用以前交过的</source>
        <translation>Use what was handed in before</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="58" />
        <source>确认收件要点</source>
        <translation>Confirm the acceptance points</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="59" />
        <source>看各页，转正、排序</source>
        <translation>View, turn and order the pages</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="60" />
        <source>取图片文件</source>
        <translation>Take a picture file</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="61" />
        <source>删除最后一页</source>
        <translation>Delete the last page</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="62" />
        <source>补交与核查</source>
        <translation>To complete and check</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="73" />
        <source>关闭 Enter</source>
        <translation>Close  Enter</translation>
    </message>
</context><context>
    <name>HitDelegate</name>
    <message>
        <location filename="../../widgets/hits.py" line="102" />
        <source>置顶</source>
        <translation>Pinned</translation>
    </message>
    <message>
        <location filename="../../widgets/hits.py" line="102" />
        <source>常办</source>
        <translation>Frequent</translation>
    </message>
    <message>
        <location filename="../../widgets/hits.py" line="103" />
        <source>已选</source>
        <translation>Chosen</translation>
    </message>
</context><context>
    <name>IdlePage</name>
    <message>
        <location filename="../../widgets/customer/pages.py" line="38" />
        <source>欢迎</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="38" />
        <source>暂停服务</source>
        <translation>Closed for now</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="40" />
        <source>请出示身份证件或电子证照</source>
        <translation>Please show your ID card or e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="40" />
        <source>请到其他窗口办理，给您带来不便请谅解</source>
        <translation>Please go to another window; we apologise</translation>
    </message>
</context><context>
    <name>ItemPicker</name>
    <message>
        <location filename="../../widgets/picker.py" line="68" />
        <source>选事项</source>
        <translation>Choose items</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="72" />
        <source>搜索事项</source>
        <translation>Search items</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="73" />
        <source>来办什么？输入日常说法、拼音首字母或事项编码</source>
        <translation>What for? Everyday words, pinyin initials or a code</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="84" />
        <source>搜索结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="97" />
        <source>开始填表</source>
        <translation>Start the form</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="100" />
        <source>↓↑ 选择　Enter 加入　Ctrl+D 置顶　Esc 返回</source>
        <translation>↓↑ move  Enter add  Ctrl+D pin  Esc back</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="124" />
        <source>没有找到“{0}”。
换个日常说法，或输入拼音首字母、事项编码。</source>
        <translation>Nothing found for “{0}”.
Try other words, pinyin initials or a code.</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="126" />
        <source>例如：开理发店、换驾照、klfd</source>
        <translation>For example: open a barber's shop, licence exchange, klfd</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="132" />
        <source>正在搜索…</source>
        <translation>Searching…</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="141" />
        <source>已选 {0}</source>
        <translation>Chosen: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="141" />
        <source>尚未选事项</source>
        <translation>Nothing chosen yet</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="166" />
        <source>移除 {0}</source>
        <translation>Remove {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="167" />
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="173" />
        <source>改答案</source>
        <translation>Change</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="175" />
        <source>重新回答 {0} 的问题</source>
        <translation>Answer the questions of {0} again</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="206" />
        <source>开始填表　Ctrl+Enter</source>
        <translation>Start the form   Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="206" />
        <source>开始填表　Enter</source>
        <translation>Start the form   Enter</translation>
    </message>
</context><context>
    <name>ItemsPresenter</name>
    <message>
        <location filename="../../app/presenters/items.py" line="178" />
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/items.py" line="185" />
        <source>还没有选择事项</source>
        <translation>No item chosen yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/items.py" line="185" />
        <source>输入群众的话搜索，用 ↓ 选中，回车加入。</source>
        <translation>Type what the visitor says, select with ↓, add with Enter.</translation>
    </message>
</context><context>
    <name>LackStrip</name>
    <message>
        <location filename="../../widgets/lacks.py" line="42" />
        <source>还差的项</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <location filename="../../widgets/lacks.py" line="95" />
        <location filename="../../widgets/lacks.py" line="84" />
        <source>等 {0} 项</source>
        <translation>{0} in all</translation>
    </message>
</context><context>
    <name>Language</name>
    <message>
        <location filename="../../widgets/i18n.py" line="86" />
        <source>zh</source>
        <translation>en</translation>
    </message>
</context><context>
    <name>LicenceCard</name>
    <message>
        <location filename="../../widgets/who.py" line="66" />
        <source>（</source>
        <translation> (</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="72" />
        <source>）</source>
        <translation>)</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="87" />
        <source>同一人</source>
        <translation>Same person</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="87" />
        <source>不是同一人！</source>
        <translation>Not the same person!</translation>
    </message>
</context><context>
    <name>MainPresenter</name>
    <message>
        <location filename="../../app/presenters/main.py" line="99" />
        <source>必填项已全部填好</source>
        <translation>All required fields are filled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="99" />
        <source>按 F7 核对。</source>
        <translation>Press F7 to check.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="108" />
        <source>表单已填好，还有 {0} 份材料</source>
        <translation>The form is complete, materials left: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="109" />
        <source>F6 拍摄；清单上 T 容缺、P 承诺。</source>
        <translation>F6 captures; in the list T defers, P takes a promise.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="119" />
        <source>这位来访者还没有受理</source>
        <translation>This visitor's case is not accepted yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="120" />
        <source>结束后，已读取和填写的内容会被清除。</source>
        <translation>Ending the visit clears what was read and typed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="121" />
        <source>结束本次</source>
        <translation>End the visit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="122" />
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="165" />
        <source>正在受理</source>
        <translation>Accepting now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="167" />
        <source>已受理，按 F12 接待下一位</source>
        <translation>Accepted; F12 for the next visitor</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="168" />
        <source>先选事项 F3</source>
        <translation>Choose items first, F3</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="168" />
        <source>还没有来访者</source>
        <translation>No visitor yet</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <location filename="../../widgets/window.py" line="36" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/window.py" line="97" />
        <location filename="../../widgets/window.py" line="37" />
        <source>一窗综合窗口</source>
        <translation>Yichuang comprehensive window</translation>
    </message>
    <message>
        <location filename="../../widgets/window.py" line="49" />
        <source>办理</source>
        <translation>Work area</translation>
    </message>
</context><context>
    <name>MaterialsPanel</name>
    <message>
        <location filename="../../widgets/materials.py" line="189" />
        <location filename="../../widgets/materials.py" line="183" />
        <source>材料清单</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="184" />
        <source>材料</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="199" />
        <source>选定事项后，这里列出要收的材料</source>
        <translation>Once items are chosen, the materials to collect are listed here</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="202" />
        <source>补交 Ctrl+B</source>
        <translation>To complete  Ctrl+B</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="224" />
        <source>所选材料</source>
        <translation>Selected material</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="230" />
        <source>收件要点</source>
        <translation>What to look for</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="231" />
        <source>全部确认 A</source>
        <translation>Confirm all  A</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="233" />
        <source>沿用 U</source>
        <translation>Use again  U</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="234" />
        <source>看 V</source>
        <translation>View  V</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="235" />
        <source>拍 Enter</source>
        <translation>Capture  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="236" />
        <source>容缺 T</source>
        <translation>Defer  T</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="237" />
        <source>承诺 P</source>
        <translation>Promise  P</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="238" />
        <source>删页 Del</source>
        <translation>Drop page  Del</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="276" />
        <source>已落实 {0}/{1}</source>
        <translation>{0}/{1} settled</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="327" />
        <source>看 {0} 页 V</source>
        <translation>View {0}  V</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="335" />
        <source>已确认：{0}</source>
        <translation>Confirmed: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="335" />
        <source>确认：{0}</source>
        <translation>Confirm: {0}</translation>
    </message>
</context><context>
    <name>MaterialsPresenter</name>
    <message>
        <location filename="../../app/presenters/materials.py" line="92" />
        <source>没有要拍的材料</source>
        <translation>No material to capture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="92" />
        <source>先按 F3 选事项。</source>
        <translation>First press F3 and choose items.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="106" />
        <source>拍摄：{0}</source>
        <translation>Capture: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="108" />
        <source>放好材料，绿框对准后再按 F6 拍下（Esc 取消）</source>
        <translation>Place the material; press F6 again when the green frame fits (Esc cancels)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="170" />
        <source>没有找到纸边，按整幅画面保存</source>
        <translation>no edges of a page were found and the whole picture was saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="172" />
        <source>还有 {0} 条收件要点没有确认（数字键或 A）</source>
        <translation>points not yet confirmed: {0} (number keys or A)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="175" />
        <source>第 {0} 页已保存，但{1}</source>
        <translation>Page {0} saved, but {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="176" />
        <source>第 {0} 页已裁边摆正并加密保存</source>
        <translation>Page {0} cropped, straightened and saved encrypted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="194" />
        <source>选择图片</source>
        <translation>Choose a picture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="194" />
        <source>图片 (*.jpg *.jpeg *.png *.bmp)</source>
        <translation>Pictures (*.jpg *.jpeg *.png *.bmp)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="244" />
        <source>高拍仪不能用</source>
        <translation>The document camera cannot be used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="244" />
        <source>请检查高拍仪连线后按 F6 重试。</source>
        <translation>Check the document camera's cable and press F6 to try again.</translation>
    </message>
</context><context>
    <name>MessagesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="29" />
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="38" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="39" />
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="40" />
        <source>受理流水号</source>
        <translation>Acceptance no.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="41" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="42" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="43" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="58" />
        <source>全部已读 A</source>
        <translation>All read  A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="60" />
        <source>打开办件 Enter</source>
        <translation>Open the case  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="61" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="73" />
        <source>正在读取消息…</source>
        <translation>Reading the messages…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="89" />
        <source>平台还没有发来消息。
办件有进展、要补正或办结时，会在这里告诉你。</source>
        <translation>No messages from the platform yet.
Progress, corrections and results will be told here.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="91" />
        <source>{0} 条，{1} 条未读</source>
        <translation>{0}, unread: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="92" />
        <source>{0} 条，都已读</source>
        <translation>{0}, all read</translation>
    </message>
</context><context>
    <name>NoticeBar</name>
    <message>
        <location filename="../../widgets/notice.py" line="43" />
        <source>消息</source>
        <translation>Message</translation>
    </message>
    <message>
        <location filename="../../widgets/notice.py" line="53" />
        <source>知道了 Esc</source>
        <translation>OK  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/notice.py" line="109" />
        <source>另有 {0} 条</source>
        <translation>{0} more</translation>
    </message>
</context><context>
    <name>NoticePage</name>
    <message>
        <location filename="../../widgets/customer/pages.py" line="95" />
        <source>一次性告知</source>
        <translation>one-time notice</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="100" />
        <source>请您补齐以下内容</source>
        <translation>Please complete the following</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="106" />
        <source>一次性告知书 {0}，以纸质告知书为准</source>
        <translation>One-time notice {0}; the paper is what counts</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="110" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="112" />
        <source>另有 {0} 项，见告知书</source>
        <translation>{0} more on the notice</translation>
    </message>
</context><context>
    <name>OutboxDialog</name>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="172" />
        <location filename="../../widgets/dialogs/outbox.py" line="106" />
        <source>待传清单</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="132" />
        <source>重新发送</source>
        <translation>Send again</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="133" />
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="134" />
        <source>立即上传</source>
        <translation>Send now</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="135" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="159" />
        <source>正在读取待传清单…</source>
        <translation>Looking into the outbox …</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="167" />
        <source>没有待传的办件，全部已上传。</source>
        <translation>Nothing is waiting; everything has been sent.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="169" />
        <source>待传 {0} 件</source>
        <translation>{0} waiting</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="171" />
        <source>，{0} 件被平台退回，需要处理</source>
        <translation>, {0} refused by the platform and to be settled</translation>
    </message>
</context><context>
    <name>OutboxModel</name>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="30" />
        <source>受理流水号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="31" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="32" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="33" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="34" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="35" />
        <source>已试</source>
        <translation>Tries</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="36" />
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="37" />
        <source>下次上传</source>
        <translation>Next try</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="56" />
        <source>马上</source>
        <translation>now</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="58" />
        <source>{0} 秒后</source>
        <translation>in {0} s</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="59" />
        <source>{0} 分钟后</source>
        <translation>in {0} min</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="78" />
        <source>{0} 次</source>
        <translation>{0}</translation>
    </message>
</context><context>
    <name>OutboxPresenter</name>
    <message>
        <location filename="../../app/presenters/outbox.py" line="110" />
        <source>已传 {0}，还有 {1}</source>
        <translation>Sent {0}, {1} to go</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="114" />
        <source>{0}，约还需 {1} 秒</source>
        <translation>{0}, about {1} s left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="115" />
        <source>{0}，约还需 {1} 分钟</source>
        <translation>{0}, about {1} min left</translation>
    </message>
</context><context>
    <name>PageViewer</name>
    <message>
        <location filename="../../widgets/page_viewer.py" line="69" />
        <source>查看材料</source>
        <translation>View the material</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="74" />
        <source>页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="82" />
        <source>页面</source>
        <translation>Page</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="91" />
        <source>转 90° R</source>
        <translation>Turn 90°  R</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="92" />
        <source>前移 Ctrl+↑</source>
        <translation>Forward  Ctrl+↑</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="93" />
        <source>后移 Ctrl+↓</source>
        <translation>Back  Ctrl+↓</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="94" />
        <source>删除 Del</source>
        <translation>Delete  Del</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="95" />
        <source>撤销 Ctrl+Z</source>
        <translation>Undo  Ctrl+Z</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="96" />
        <source>放大 +</source>
        <translation>Larger  +</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="97" />
        <source>缩小 −</source>
        <translation>Smaller  −</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="98" />
        <source>整页 0</source>
        <translation>Whole page  0</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="99" />
        <source>存为 PDF Ctrl+S</source>
        <translation>Save as PDF  Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="100" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="129" />
        <source>沿用以前办件的材料，只能查看</source>
        <translation>From an earlier case: to be viewed only</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="137" />
        <source>第 {0} 页</source>
        <translation>Page {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="187" />
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
</context><context>
    <name>PageViewerPresenter</name>
    <message>
        <location filename="../../app/presenters/page_viewer.py" line="112" />
        <source>存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <location filename="../../app/presenters/page_viewer.py" line="125" />
        <source>已存为 PDF/A：{0}</source>
        <translation>Saved as PDF/A: {0}</translation>
    </message>
</context><context>
    <name>Palette</name>
    <message>
        <location filename="../../widgets/palette.py" line="132" />
        <source>命令面板</source>
        <translation>Command palette</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="137" />
        <source>找功能、事项、办件</source>
        <translation>Find actions, items, cases</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="138" />
        <source>功能、事项、办件：汉字、拼音、首字母、号码都行</source>
        <translation>Actions, items, cases: characters, pinyin, initials or numbers</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="162" />
        <location filename="../../widgets/palette.py" line="149" />
        <source>找到的</source>
        <translation>Found</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="159" />
        <source>↓↑ 选择　Enter 执行　Esc 关闭</source>
        <translation>↓↑ move   Enter do it   Esc close</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="200" />
        <source>没有找到“{0}”。</source>
        <translation>Nothing found for "{0}".</translation>
    </message>
</context><context>
    <name>PaletteDelegate</name>
    <message>
        <location filename="../../widgets/palette.py" line="114" />
        <source>最近</source>
        <translation>recent</translation>
    </message>
</context><context>
    <name>PaperPreviewDialog</name>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="51" />
        <source>打印预览</source>
        <translation>Print preview</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="65" />
        <source>文书各页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="70" />
        <source>打印 Enter</source>
        <translation>Print  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="72" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="75" />
        <source>缩小 Ctrl −</source>
        <translation>Smaller  Ctrl −</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="77" />
        <source>放大 Ctrl +</source>
        <translation>Larger  Ctrl +</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="78" />
        <source>适合宽度 Ctrl 0</source>
        <translation>Fit width  Ctrl 0</translation>
    </message>
</context><context>
    <name>Photo</name>
    <message>
        <location filename="../../widgets/who.py" line="41" />
        <source>证件照片</source>
        <translation>Photo of the card</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="41" />
        <source>无证件照片</source>
        <translation>No photo</translation>
    </message>
</context><context>
    <name>PreviewPanel</name>
    <message>
        <location filename="../../widgets/preview.py" line="90" />
        <source>实时画面</source>
        <translation>Live picture</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="128" />
        <location filename="../../widgets/preview.py" line="91" />
        <source>画面</source>
        <translation>Picture</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="94" />
        <source>扫证照或拍材料时，这里显示画面</source>
        <translation>The camera shows here while scanning or capturing</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="95" />
        <source>相机画面</source>
        <translation>Camera picture</translation>
    </message>
</context><context>
    <name>RatingPage</name>
    <message>
        <location filename="../../widgets/customer/rating.py" line="69" />
        <location filename="../../widgets/customer/rating.py" line="22" />
        <source>请您评价本次服务</source>
        <translation>Please rate this service</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="32" />
        <source>非常满意</source>
        <translation>Very good</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="33" />
        <source>满意</source>
        <translation>Good</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="34" />
        <source>基本满意</source>
        <translation>Fair</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="35" />
        <source>不满意</source>
        <translation>Bad</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="36" />
        <source>非常不满意</source>
        <translation>Very bad</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="51" />
        <source>重新选择</source>
        <translation>Choose again</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="53" />
        <source>提交评价</source>
        <translation>Send</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="59" />
        <source>可以再选几条（可不选）</source>
        <translation>You may tick some points (or none)</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="78" />
        <source>办理事项：{0}</source>
        <translation>Business: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="78" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="79" />
        <source>工作人员：{0}</source>
        <translation>Clerk: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="84" />
        <source>{0} 秒后关闭，不评价可直接离开</source>
        <translation>Closes in {0} s; you may leave without rating</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="96" />
        <source>您选择了：{0}</source>
        <translation>You chose: {0}</translation>
    </message>
</context><context>
    <name>Screen</name>
    <message>
        <location filename="../../app/presenters/screen.py" line="161" />
        <source>没有接群众屏</source>
        <translation>There is no citizen’s screen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen.py" line="177" />
        <source>正在接待来访者</source>
        <translation>A visitor is being served</translation>
    </message>
</context><context>
    <name>ServingPage</name>
    <message>
        <location filename="../../widgets/customer/pages.py" line="75" />
        <location filename="../../widgets/customer/pages.py" line="51" />
        <source>正在为您办理</source>
        <translation>Serving you</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="61" />
        <source>已读取的信息</source>
        <translation>What was read</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="62" />
        <source>还需要的材料</source>
        <translation>Papers still needed</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="75" />
        <source>{0}，正在为您办理</source>
        <translation>{0}, serving you</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="77" />
        <source>等 {0} 项</source>
        <translation>… {0} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="84" />
        <source>等 {0} 份</source>
        <translation>… {0} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="86" />
        <source>收费：{0}</source>
        <translation>Fee: {0}</translation>
    </message>
</context><context>
    <name>Sheet</name>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="25" />
        <source>第 {0} 页</source>
        <translation>Page {0}</translation>
    </message>
</context><context>
    <name>SignaturePad</name>
    <message>
        <location filename="../../widgets/customer/pad.py" line="27" />
        <source>签字处</source>
        <translation>Signature</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pad.py" line="98" />
        <source>请在此处签名</source>
        <translation>Please sign here</translation>
    </message>
</context><context>
    <name>SigningDialog</name>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="24" />
        <source>等待群众确认签字</source>
        <translation>Waiting for the citizen’s signature</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="24" />
        <source>签好后自动受理打印</source>
        <translation>Accepted and printed as soon as it is signed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="29" />
        <source>不在屏上签字，原因是：</source>
        <translation>No signature on the screen, because:</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="42" />
        <source>其他原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="43" />
        <source>其他原因，写好按 Enter</source>
        <translation>Another reason; press Enter when written</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="51" />
        <source>返回 Esc</source>
        <translation>Back Esc</translation>
    </message>
</context><context>
    <name>SourceMark</name>
    <message>
        <location filename="../../widgets/field_row.py" line="93" />
        <location filename="../../widgets/field_row.py" line="83" />
        <source>尚无来源</source>
        <translation>No source yet</translation>
    </message>
</context><context>
    <name>Sources</name>
    <message>
        <location filename="../../widgets/field_row.py" line="42" />
        <source>证</source>
        <translation>ID</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="43" />
        <source>查</source>
        <translation>Q</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="44" />
        <source>照</source>
        <translation>L</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="45" />
        <source>档</source>
        <translation>C</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="46" />
        <source>约</source>
        <translation>B</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="47" />
        <source>备</source>
        <translation>P</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="48" />
        <source>识</source>
        <translation>R</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="49" />
        <source>手</source>
        <translation>T</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="50" />
        <source>默</source>
        <translation>D</translation>
    </message>
</context><context>
    <name>StatusBar</name>
    <message>
        <location filename="../../widgets/status.py" line="121" />
        <source>状态栏</source>
        <translation>Status bar</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="161" />
        <source>就绪</source>
        <translation>ready</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="162" />
        <source>使用中</source>
        <translation>in use</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="163" />
        <source>异常</source>
        <translation>trouble</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="164" />
        <source>未连接</source>
        <translation>not connected</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="165" />
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="167" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="178" />
        <source>在线</source>
        <translation>Online</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="179" />
        <source>离线，可照常受理</source>
        <translation>Offline, accepting goes on</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="180" />
        <source>正在检查连接</source>
        <translation>Checking the connection</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="189" />
        <source>待传 {0}</source>
        <translation>Waiting {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="189" />
        <source>全部已上传</source>
        <translation>All sent</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="191" />
        <source> · 需处理 {0}</source>
        <translation> · to settle {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="198" />
        <source>消息 {0}</source>
        <translation>Messages {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="198" />
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="200" />
        <source>{0} 条未读消息</source>
        <translation>Unread messages: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="205" />
        <source>群众屏：{0}</source>
        <translation>Citizen: {0}</translation>
    </message>
</context><context>
    <name>StatusPresenter</name>
    <message>
        <location filename="../../app/presenters/status.py" line="23" />
        <source>读卡器</source>
        <translation>ID reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="24" />
        <source>扫码摄像头</source>
        <translation>Code camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="25" />
        <source>高拍仪</source>
        <translation>Document camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="26" />
        <source>凭条打印机</source>
        <translation>Receipt printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="27" />
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="54" />
        <source>检查中</source>
        <translation>checking</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="81" />
        <source>{0} 起</source>
        <translation>since {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="81" />
        <source>{0} 起，可继续受理</source>
        <translation>since {0}</translation>
    </message>
</context><context>
    <name>StepButton</name>
    <message>
        <location filename="../../widgets/header.py" line="37" />
        <location filename="../../widgets/header.py" line="28" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context><context>
    <name>TableEditor</name>
    <message>
        <location filename="../../widgets/table_editor.py" line="58" />
        <source>从文件导入 Ctrl+O</source>
        <translation>Import from a file  Ctrl+O</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="167" />
        <location filename="../../widgets/table_editor.py" line="99" />
        <source>{0} 行</source>
        <translation>{0} rows</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="162" />
        <source>第 {0} 行：{1}</source>
        <translation>Row {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="165" />
        <source>Enter 下一格　Ctrl+Enter 加行　Ctrl+Delete 删行　Ctrl+V 粘贴 Excel 表格</source>
        <translation>Enter next cell  Ctrl+Enter new row  Ctrl+Delete remove row  Ctrl+V paste from Excel</translation>
    </message>
</context><context>
    <name>Verdicts</name>
    <message>
        <location filename="../../widgets/field_row.py" line="58" />
        <source>芯片读取</source>
        <translation>read from the chip</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="59" />
        <source>联网核验通过</source>
        <translation>verified online</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="60" />
        <source>签名有效（离线核验）</source>
        <translation>signature valid (checked offline)</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="61" />
        <source>未核验</source>
        <translation>not verified</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="62" />
        <source>当事人陈述或窗口录入</source>
        <translation>stated or typed at the counter</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="63" />
        <source>已过期</source>
        <translation>expired</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="64" />
        <source>已注销</source>
        <translation>revoked</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="65" />
        <source>无效</source>
        <translation>invalid</translation>
    </message>
</context><context>
    <name>Watermark</name>
    <message>
        <location filename="../../widgets/watermark.py" line="16" />
        <source>演示水印</source>
        <translation>Demo watermark</translation>
    </message>
    <message>
        <location filename="../../widgets/watermark.py" line="19" />
        <source>演示 · 不得用于真实业务</source>
        <translation>Demo · not for real cases</translation>
    </message>
</context><context>
    <name>WhoPanel</name>
    <message>
        <location filename="../../widgets/who.py" line="102" />
        <source>来访人</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="118" />
        <source>等待来访人</source>
        <translation>Waiting for a visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="220" />
        <location filename="../../widgets/who.py" line="121" />
        <source>请来访人出示证件</source>
        <translation>Ask the visitor for an ID</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="130" />
        <source>读居民身份证</source>
        <translation>Read an ID card</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="130" />
        <source>扫手机电子证照</source>
        <translation>Scan an e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="130" />
        <source>先选要办的事项</source>
        <translation>Choose the items first</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="175" />
        <source>来访人和证照</source>
        <translation>Visitor and licences</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="203" />
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="204" />
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="205" />
        <source>出生</source>
        <translation>Born</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="206" />
        <source>有效期</source>
        <translation>Valid</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="207" />
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="223" />
        <source>正在等待，按 Esc 取消</source>
        <translation>Waiting. Esc cancels</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="232" />
        <source>电子证照 {0}</source>
        <translation>E-licences: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="240" />
        <source>尚未读证件</source>
        <translation>No ID read yet</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="241" />
        <source>按 F2 读证件，核对是否同一人</source>
        <translation>Press F2 to read an ID and compare</translation>
    </message>
</context><context>
    <name>WhoPresenter</name>
    <message>
        <location filename="../../app/presenters/who.py" line="21" />
        <source>请把证件平放在读卡器上，再按 F2。</source>
        <translation>Lay the ID flat on the reader and press F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="22" />
        <source>请拿起证件重新放好；仍读不出请用高拍仪拍摄。</source>
        <translation>Lift the ID and place it again; if it still fails, capture it with the document camera.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="23" />
        <source>请检查读卡器的电源和连线，再按 F2。</source>
        <translation>Check the reader's power and cable, then press F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="24" />
        <source>请检查读卡器的连线；插好后几秒内会自动恢复。</source>
        <translation>Check the reader's cable; once plugged in it comes back within seconds.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="25" />
        <source>请重新插拔读卡器；仍有故障请报修。</source>
        <translation>Unplug the reader and plug it in; if it still fails, have it repaired.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="50" />
        <source>正在读卡，请放证件…</source>
        <translation>Reading, please place the ID …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="64" />
        <source>请再按 F2。</source>
        <translation>Press F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="65" />
        <source>没有读到证件</source>
        <translation>No ID was read</translation>
    </message>
</context><context>
    <name>Words</name>
    <message>
        <location filename="../../app/presenters/words.py" line="48" />
        <source>日期不明</source>
        <translation>of unknown date</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="50" />
        <source>已联网核验</source>
        <translation>Verified online</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="52" />
        <source>签名有效（离线，信任名单 {0}）</source>
        <translation>Signature valid (offline, trust list of {0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="54" />
        <source>已采集，尚未核验</source>
        <translation>Captured, not verified yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="55" />
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="56" />
        <source>已吊销</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="58" />
        <source>无效：{0}</source>
        <translation>Invalid: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="66" />
        <source>{0} 至 {1}</source>
        <translation>{0} to {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="72" />
        <source>{0}族</source>
        <translation>{0} ethnic group</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="75" />
        <source>读卡器读取 {0}</source>
        <translation>Read from the chip at {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="87" />
        <source>无法识别的码</source>
        <translation>Unknown code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="91" />
        <source>{0} 签发</source>
        <translation>Issued by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="94" />
        <source>有效期至 {0}</source>
        <translation>Valid until {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="151" />
        <source>要办 {0} 个事项</source>
        <translation>Items to do: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="151" />
        <source>还剩 {0} 种情形</source>
        <translation>Situations left: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="172" />
        <source>{0} 个事项</source>
        <translation>Items: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="176" />
        <source>{0} 种情形</source>
        <translation>Situations: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="184" />
        <source>待交</source>
        <translation>Missing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="185" />
        <source>免交</source>
        <translation>Waived</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="186" />
        <source>已拍</source>
        <translation>Captured</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="187" />
        <source>容缺</source>
        <translation>Deferred</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="188" />
        <source>承诺</source>
        <translation>Promised</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="189" />
        <source>选交</source>
        <translation>Optional</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="191" />
        <source>沿用</source>
        <translation>Reused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="191" />
        <location filename="../../app/presenters/words.py" line="199" />
        <source>{0} 前补交</source>
        <translation>To follow by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="219" />
        <source>{0} 交过 {1} 页（办件 {2}）</source>
        <translation>Handed in on {0}, pages: {1} (case {2})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="224" />
        <source>{0}：{1}，不能沿用</source>
        <translation>{0}: {1}; it cannot be reused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="232" />
        <source>{0} 等 {1} 项</source>
        <translation>{0} and others, {1} in all</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="250" />
        <location filename="../../app/presenters/words.py" line="249" />
        <location filename="../../app/presenters/words.py" line="248" />
        <source>就绪</source>
        <translation>ready</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="251" />
        <source>忙</source>
        <translation>busy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="252" />
        <source>缺纸</source>
        <translation>out of paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="253" />
        <source>未连接</source>
        <translation>not connected</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="254" />
        <source>故障</source>
        <translation>fault</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="255" />
        <source>无应答</source>
        <translation>no answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="261" />
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="262" />
        <location filename="../../app/presenters/words.py" line="268" />
        <source>待上传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="269" />
        <source>上传中</source>
        <translation>Sending</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="270" />
        <source>稍后重试</source>
        <translation>Tried again later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="255" />
        <location filename="../../app/presenters/around_words.py" line="52" />
        <location filename="../../app/presenters/words.py" line="271" />
        <source>需处理</source>
        <translation>Needs a person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="272" />
        <source>已上传</source>
        <translation>Sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="138" />
        <location filename="../../app/presenters/around_words.py" line="31" />
        <source>待平台回执</source>
        <translation>Awaiting the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="32" />
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="136" />
        <location filename="../../app/presenters/around_words.py" line="61" />
        <location filename="../../app/presenters/around_words.py" line="33" />
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="34" />
        <source>审核</source>
        <translation>Under review</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="35" />
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="36" />
        <source>补齐补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="37" />
        <source>挂起</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="38" />
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="41" />
        <source>本窗口已受理，待上传</source>
        <translation>Accepted here, to be sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="42" />
        <source>正在上传</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="44" />
        <location filename="../../app/presenters/around_words.py" line="43" />
        <source>平台已收</source>
        <translation>The platform has it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="45" />
        <source>被退回，需处理</source>
        <translation>Sent back, to be settled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="46" />
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="247" />
        <location filename="../../app/presenters/around_words.py" line="50" />
        <source>将到期</source>
        <translation>Nearly due</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="244" />
        <location filename="../../app/presenters/around_words.py" line="51" />
        <source>已逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="53" />
        <source>时限暂停</source>
        <translation>Clock stopped</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="75" />
        <location filename="../../app/presenters/around_words.py" line="54" />
        <source>已办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="57" />
        <source>读取证件</source>
        <translation>Card read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="58" />
        <source>扫描电子证照</source>
        <translation>Licence scanned</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="59" />
        <source>选择事项</source>
        <translation>Items chosen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="60" />
        <source>沿用以前的材料</source>
        <translation>Earlier material used again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="62" />
        <source>出具受理通知书</source>
        <translation>Acceptance notice made</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="63" />
        <source>重印文书</source>
        <translation>Paper printed again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="64" />
        <source>补交材料</source>
        <translation>Material handed in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="65" />
        <source>核查承诺</source>
        <translation>Promise checked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="66" />
        <source>申请人确认签字</source>
        <translation>Signed by the applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="67" />
        <source>未在屏上签字</source>
        <translation>Not signed on the screen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="68" />
        <source>群众已评价</source>
        <translation>Rated by the citizen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="69" />
        <source>重新发送</source>
        <translation>Sent again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="70" />
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="73" />
        <source>进展</source>
        <translation>Progress</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="74" />
        <source>要补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="76" />
        <source>通知</source>
        <translation>Notice</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="79" />
        <source>办件</source>
        <translation>Case</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="80" />
        <source>材料影像</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="81" />
        <source>操作记录</source>
        <translation>Audit trail</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="82" />
        <source>群众评价</source>
        <translation>Rating</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="85" />
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="86" />
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="87" />
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="88" />
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="89" />
        <source>非常不满意</source>
        <translation>Very dissatisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="131" />
        <source>以平台核定为准</source>
        <translation>as the platform decides</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="134" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="135" />
        <source>受理部门</source>
        <translation>Department</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="137" />
        <source>办结期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="138" />
        <source>办件编码</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="139" />
        <source>上传</source>
        <translation>Sending</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="144" />
        <source>受理流水号 {0}</source>
        <translation>Acceptance no. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="163" />
        <source>重印过 {0} 次</source>
        <translation>Reprinted: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="176" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="189" />
        <source>{0} 页</source>
        <translation>Pages: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="197" />
        <source>其他操作</source>
        <translation>Other</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="199" />
        <source>{0}（第 {1} 次）</source>
        <translation>{0} (no. {1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="209" />
        <source>进入“{0}”环节</source>
        <translation>Now at stage "{0}"</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="212" />
        <source>请通知申请人补正，补来的材料按 Ctrl+B 拍摄。</source>
        <translation>Tell the applicant; capture what is handed in with Ctrl+B.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="214" />
        <source>请通知申请人在 {0} 前补正，补来的材料按 Ctrl+B 拍摄。</source>
        <translation>Tell the applicant to put it right by {0}; capture what is handed in with Ctrl+B.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="218" />
        <source>可以通知申请人领取办理结果。</source>
        <translation>The applicant can be told to fetch the result.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="240" />
        <source>今日受理</source>
        <translation>Accepted today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="242" />
        <source>{0} 人次</source>
        <translation>Visitors: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="249" />
        <source>{0} 及以前</source>
        <translation>by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="252" />
        <source>时限正常</source>
        <translation>In time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="257" />
        <source>平台退回的办件</source>
        <translation>Sent back by the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="264" />
        <source>最早 {0}</source>
        <translation>since {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="268" />
        <source>容缺待补</source>
        <translation>Materials owed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="270" />
        <source>其中逾期 {0} 份</source>
        <translation>overdue: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="277" />
        <source>今日看板</source>
        <translation>Today's board</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="278" />
        <source>{0}，{1} 更新；时限灯按本窗口全部在办办件</source>
        <translation>{0}, as of {1}; time limits of all running cases of this window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="300" />
        <source>核对原因后，平台那边已改好的选“重新发送”；不再办理的选“撤回”。</source>
        <translation>Look at the reason: send it again once it is put right, or withdraw it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="302" />
        <source>不用处理，到时间会自动再传；着急可按“立即上传”。</source>
        <translation>Nothing to do: it is sent again by itself; "Upload now" if it is urgent.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="319" />
        <source>换纸后按 T 试打一张。</source>
        <translation>Change the paper, then T prints a test.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="320" />
        <source>检查电源和连接线，插好后按 R。</source>
        <translation>Check power and cable, then press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="321" />
        <source>关掉再打开设备，然后按 R；还不行请找运维人员。</source>
        <translation>Switch the device off and on, then press R; if that does not help, call support.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="322" />
        <source>看设备是否开机，再按 R。</source>
        <translation>See whether it is switched on, then press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="323" />
        <source>关掉占用它的其他程序，再按 R。</source>
        <translation>Close the other program that uses it, then press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="324" />
        <source>按 T 试一试。</source>
        <translation>T tries it out.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="339" />
        <source>未配备</source>
        <translation>None</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="340" />
        <source>需要时请管理员在设置里登记。</source>
        <translation>If you need one, the administrator adds it in the settings.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="344" />
        <source>检查中</source>
        <translation>Checking</translation>
    </message>
</context></TS>
