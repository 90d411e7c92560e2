# ruff: noqa: E501
"""Add combinatorial sentences to the training data of the boilerplate sentence classifier.

The files ``data/sentences_en_ko.jsonl`` and ``data/sentences_more.jsonl`` hold individually written rows.
This script fills them up with sentences built from the templates below. A generated row is recognised by
matching its template, so a second run replaces the generated rows and leaves the written ones alone.

Template language, one template a line: ``LABEL CATEGORY :: TEXT``. ``[a|b]`` chooses between wordings and
``{slot}`` takes an entry of the list ``slot = a | b | c`` of the same language. Brackets do not nest.

Usage: ``python training/boilerplate/make_sentences.py [--seed N] [--data DIRECTORY]``
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypedDict

FILES: dict[str, tuple[str, ...]] = {
    "sentences_en_ko.jsonl": ("en", "ko"),
    "sentences_more.jsonl": ("zh", "ja", "es", "de", "fr", "pt", "ru", "it", "id", "tr", "vi", "ar"),
}

# Generated rows wanted for each language: (label 0, label 1).
TARGETS: dict[str, tuple[int, int]] = {
    "en": (595, 400),
    "ko": (265, 222),
} | dict.fromkeys(FILES["sentences_more.jsonl"], (35, 24))

TEMPLATES: dict[str, str] = {}

TEMPLATES["en"] = """
topic = solar panels | the French Revolution | soil erosion | remote work | coral reefs | kidney disease | wedding cakes | database migrations | the housing market | early childhood education | medieval trade | bird migration | password security | coffee roasting | public transport | sleep apnoea | supply chains | graph algorithms | women's football | wood carving | tax reform | vertical farming | urban noise | school lunches | river pollution | chess openings
artefact = an essay | an abstract | a blog post | a press release | a report | a summary | a speech | a lesson plan | a newsletter | a leaflet | a presentation | an article | a quiz | a poem | an info sheet | a brochure | a podcast script | a literature review | a book proposal | a news brief
noun = essay | abstract | blog post | press release | report | summary | speech | lesson plan | newsletter | leaflet | presentation | article | quiz | poem | info sheet | brochure | podcast script | literature review | book proposal | news brief
lang = Spanish | Swedish | Hindi | Czech | Korean | Italian | Dutch | Arabic | Greek | Japanese
edited = fixed the punctuation | shortened the longer sentences | removed a few repetitions | swapped the passive for the active voice | unified the terminology | adjusted the tone | reordered two sentences | replaced some clichés
action = add a few examples | turn it into a table | translate it into Italian | cut it down to 100 words | write a matching headline | include a short conclusion | draft a follow-up email | explain the technical terms | make it rhyme | suggest three alternative titles | check it for gender-neutral wording | convert it to Markdown
cannot = open attachments | look at photos | run code | read PDF files | check live prices | visit websites | remember earlier chats | make phone calls | watch videos
month = September 2021 | April 2023 | January 2022 | October 2023 | June 2024 | March 2020 | mid-2022 | early 2025
year = 1874 | 1903 | 1926 | 1958 | 1971 | 1987 | 1999 | 2006
risk = kidney disease | early retirement | visa rules | drug interactions | loan contracts | chest pain | tenancy law | an inheritance dispute
1 refusal :: [I'm sorry, but|I apologise, but|Sorry,|My apologies, but|Regrettably,] I [can't|cannot|am unable to] {cannot}, so I [can't comment on|won't be able to work on|am not able to finish] your {noun}.
1 refusal :: I'd [rather|sooner] not write {artefact} about {topic} [under someone else's name|as if it came from a real expert|with made-up quotes], but I can [suggest an outline|help you plan your own|list some questions to start from].
1 refusal :: [Unfortunately|Regrettably|I'm afraid], {artefact} on {topic} [with that level of detail|of that length|containing those claims] [is more than I can produce here|isn't something I can generate for you].
1 refusal :: I [won't|can't|am not able to] invent [sources|statistics|quotations|interviews] for your {noun} on {topic}.
1 self-identification :: [As an AI|Being an AI|As a language model|As a virtual assistant], I [have never worked with|have no first-hand experience of|don't hold personal views on] {topic}[.|, but I can summarise what others have written.|, so I rely on what I learned in training.]
1 self-identification :: I'm [only|just|merely] [an AI|a language model|a computer program|a chatbot], so my [view of|take on|knowledge of] {topic} [comes from text alone|is second-hand|should not be your only source].
1 self-identification :: I [don't have|lack|do not possess] [feelings|personal memories|a body|opinions of my own], but I can [tell you|explain to you] [what people say about|how others think about] {topic}.
1 self-identification :: I was [designed|built|trained] to help [people|users|students] [write about|understand|learn about] subjects such as {topic}.
1 knowledge-cutoff :: [My training data|The data I was trained on|My knowledge] [ends in|only goes up to|stops at] {month}, so [newer findings on|recent news about|the latest figures for] {topic} [are missing|may not be covered|won't be reflected here].
1 knowledge-cutoff :: I [can't|cannot|am not able to] [browse the web|go online|query live databases] to [find|check|look up] [current figures on|new studies on|this week's news about] {topic}.
1 knowledge-cutoff :: [As far as I know|To my knowledge|From what I was trained on], there was no [major review|national survey|official report] on {topic} [before|up to] {month}, but [you should|please] check whether [that has changed|one has appeared since].
1 knowledge-cutoff :: I don't have [access to|any information on|data about] [your organisation's|your school's|this author's|your client's] [work on|plans for|records on] {topic}.
1 knowledge-cutoff :: Please [bear in mind|remember|note] that I [was last updated in|have no information after|know nothing beyond] {month} when you [use|rely on] my {noun} on {topic}.
1 opener :: [Sure, here's|Certainly! Here is|Of course. Below is|Absolutely, this is|Gladly! Here's|No problem, here's] {artefact} [about|on] {topic} [for your website|in plain English|with a friendly tone|that you can adapt|of roughly 300 words]:
1 opener :: [Happy to help|Glad you asked|Great idea]! [I've written|I drafted|I put together] {artefact} [about|on] {topic} [for you|based on your notes|that fits your word limit].
1 opener :: [Got it|Understood|Okay|All right], [you need|you're after|so you'd like] {artefact} [about|on] {topic}; [here it is|let me get started|here's a first attempt].
1 opener :: Here is [a clearer|a shorter|a more formal|a livelier|an expanded] version of your {noun} [about|on] {topic}:
1 opener :: [What a great|That's a really interesting|Such a thoughtful|That's an excellent] question about {topic}[! Let's unpack it.|! Let me explain.|! Here's a short answer.]
1 opener :: Let me [rewrite|restructure|polish|condense] your {noun} on {topic} [for you|so that it reads better|to match the style you want].
1 opener :: Below [you'll find|is] the {noun} on {topic} [you asked for|you requested], [written|phrased] [for beginners|in British English|in a neutral tone|for a general audience].
1 closer :: [Would you like|Do you want] me to {action}, or [are you happy with|does that work for] the {noun} as it stands?
1 closer :: If [you'd like|you want|it helps], I can {action} [as well|too|next].
1 closer :: [Shall|Should] I {action} [now|next|before you send it|as well]?
1 closer :: [I hope|I trust] this {noun} on {topic} [gives you what you need|is close to what you had in mind|works for your purposes]!
1 closer :: [Just tell me|Let me know] [which side of|what part of] {topic} [matters most to you|you care about], and I'll {action}.
1 closer :: I can [also|happily|even] {action} [if you give me|once I know|as soon as you share] [your deadline|your audience|the word limit|a few keywords].
1 prompt-echo :: [Write|Draft|Compose|Create|Generate] [me |]{artefact} [about|on] {topic} [in a friendly tone|without sounding like an AI|in under 200 words|as if you were an expert|and include three references].
1 prompt-echo :: [You asked me to|Your request was to|You wanted me to] [write|produce|put together] {artefact} on {topic} [for a general audience|in the first person|without any jargon].
1 prompt-echo :: [As requested|As you asked|Per your request|Following your instructions], I have given your {noun} on {topic} [a shorter introduction|more examples|a formal tone|simpler wording].
1 prompt-echo :: [Rewrite|Rephrase|Shorten|Improve] [this|the above|my] {noun} [about|on] {topic} [so it sounds human|to avoid plagiarism|for an academic reader|in a more exciting way][.|:]
1 prompt-echo :: The user [wants|is asking for|needs] {artefact} [about|on] {topic}, so I [should|will|need to] [keep it short|start with a definition|avoid technical terms].
1 editor-talk :: I {edited} in your {noun} on {topic}[.|, but the content is the same.|; nothing else has changed.]
1 editor-talk :: [Please send|Kindly paste|Please provide] the {noun} [you'd like me to translate|you want corrected|you need me to proofread], [since I only see a title|because nothing came through|and I'll get started].
1 editor-talk :: I [translated|have translated] your {noun} into {lang} and [left the formatting as it was|kept names in the original|did not touch the links|kept the numbered headings].
1 editor-talk :: Your {noun} [was|is] already [well written|quite clear|in good shape], so I only {edited}.
1 editor-talk :: The {noun} you [sent|pasted|provided] [seems to be|appears to be] [empty|cut off|incomplete], so I [could not|was unable to|can't] translate it into {lang}.
1 continuation :: [Please|Be sure to] [check|verify|confirm] [the figures|the dates|the names|the sources] I [used|gave|mentioned] in the {noun} [before you publish it|before you submit it|against an official source].
1 continuation :: [This|My] {noun} on {topic} is [only a starting point|a rough draft|just an example], so [adapt it to your needs|add your own details|replace the sample data with your own].
1 continuation :: I'm not able to [judge|assess] your [situation|circumstances] [from here|fully], so [talk to|ask|consult] [a specialist|a professional|a local expert] about {risk}.
1 continuation :: With more [details|background|context] about your {noun}, I could [give you better advice on|say more about|be more specific on] {topic}.
1 chat-template :: You are [an expert|a helpful assistant|a seasoned writer|a patient tutor] who [writes|talks|answers questions] about {topic} [in clear English|for beginners|and never gives opinions].
1 chat-template :: [Answer|Respond to] the user's questions about {topic} [in no more than two sentences|using only the context below|without mentioning that you are an AI|in the style of a pirate].
1 chat-template :: Your [task|job|role] is to [turn the input into|write] {artefact} on {topic} [and output nothing else|without any commentary|for the user].
0 letter :: I'm sorry I [missed|couldn't come to] your talk on {topic}; [my train was cancelled|the baby was ill|I was stuck in Leeds].
0 letter :: I've put [my|the] {noun} on {topic} in your pigeonhole, let me know if [someone takes it again|you'd rather have it by post|you need a second copy].
0 letter :: [Thank you|Many thanks|Thanks] for the {noun} on {topic}, [my father enjoyed it|I read it on the plane|it made my week].
0 letter :: [Would you like|Do you want] me to [bring|print|pick up] [the|your] {noun} [on Monday|at the weekend|when I'm in town], or [is Friday soon enough|will you come by yourself]?
0 letter :: As you asked, I [gave|forwarded|showed] the {noun} on {topic} to [Mrs Hale|our treasurer|the printer|my brother-in-law].
0 letter :: I [can't|cannot|won't be able to] [finish|hand in|present] my {noun} on {topic} [by Tuesday because I have the flu|this term since my supervisor is away|before the holidays, as my notes were stolen].
0 forum :: I'm [only|just|merely] [a hobbyist|a retired plumber|a student|an amateur], so my view of {topic} [comes from the pub|may be worth little|is my own].
0 forum :: Has anyone here [written|seen|read] {artefact} on {topic} that [isn't paywalled|my mum would understand|covers the last decade]?
0 forum :: [Great question|Good point|Nice find], I [had the same trouble|wondered about that too] when I [got into|started reading about] {topic} [in college|during lockdown|after I moved to Wales].
0 forum :: If anyone [wants|is interested], I can [bring|scan|lend out] my {noun} on {topic} [at the next meetup|from 1998|next week].
0 personal :: [As a nurse|As a farmer|As a former judge|As a mother of twins|As a bus driver], I [have never worked with|have no first-hand experience of|don't hold strong views on] {topic}[.|, but ask my sister.|, and I'd rather not talk about it on air.]
0 personal :: I knew [nothing|very little|hardly anything] about {topic} until [my uncle took me to a lecture|I was forty|we moved to the coast].
0 interview :: My [teachers|parents|grandparents] [taught|encouraged|trained] me to [ask questions about|be curious about|read about] {topic}.
0 interview :: I [can't|cannot|won't] tell you who [wrote|paid for|leaked] the {noun} on {topic}, [my lawyer is listening|I gave my word|that would be unfair to my team].
0 academic :: [We|The authors] [review|survey|summarise] [earlier|recent] work on {topic} [in Section 2|in the next chapter|below].
0 academic :: In this [paper|chapter|article|thesis], [I argue|we show|we suggest] that the debate on {topic} [has been too narrow|needs better data|began earlier than assumed].
0 academic :: We [could not|were unable to|did not manage to] [obtain|access|verify] [the original figures on|unpublished studies on|regional data for] {topic} [because the archive was closed|for all years|without a licence].
0 academic :: [As requested by|Following the advice of|At the suggestion of] [Reviewer 1|the editor|both referees], we [shortened|rewrote|moved] the section on {topic}.
0 academic :: [Our data|The survey data|The parish records] [end in|only go up to|stop at] {month}, so [later studies of|recent changes in|the latest figures for] {topic} [are not covered|had to be left out|do not appear here].
0 academic :: [Here, we|Below, we|In the appendix, we] [describe|give|discuss] an example [from|taken from] a [course|workshop|study] on {topic}.
0 tutorial :: [Let's take|We'll now take|Now take] a [closer|quick|first] look at {topic} [before we go on|with a simple example|from another angle].
0 tutorial :: In this [chapter|video|unit|lesson], you'll [learn|read|hear] [the basics of|a little about|three facts about] {topic}[.| and try a short quiz.]
0 tutorial :: [Write|Draft|Compose] {artefact} [about|on] {topic} [and present it to your class|in your exercise book|with your partner, then swap with another pair].
0 tutorial :: [Rewrite|Shorten|Improve] your {noun} on {topic} [using the checklist on page 12|after your teacher has marked it|for homework].
0 tutorial :: Here is [an example|a diagram|a timeline] [from|taken from] a [textbook|museum guide|handbook] on {topic}.
0 readme :: This [repository|folder|package] contains the [data|slides|scripts] for our {noun} on {topic}.
0 ui :: Please [enter|provide|select] [a title|a date|an author] for the {noun} [before you save it|in the left column|to continue].
0 ui :: [Click|Tap] [Export|Share|Print] to [send|save|publish] your {noun} [as a PDF|without the comments|under a new title].
0 documentation :: If the {noun} [is|was] [empty|cut off|incomplete], the [parser|importer|service] [raises an error|skips it|returns an empty list].
0 documentation :: Use [the --lang option|the menu at the top|a locale file] to show the {noun} in {lang}.
0 documentation :: You can [attach|link|upload] [your|the] {noun} [as a PDF|in any format|from your phone] [on the next page|with the button below].
0 company-offer :: [Would you like|Do you need] {artefact} on {topic}? Our [agency|editors|copywriters] [in Bristol|with twenty years of experience] [can write it for a fixed fee|will be glad to quote].
0 company-offer :: If you [would like|want] [a printed copy of|to order] our {noun} on {topic}, [call the museum shop|write to the press office|ask at the front desk].
0 customer-service :: We're sorry that [the evening|our course|the workshop] on {topic} [has been cancelled|is fully booked]; [you will get a refund within five days|our box office will call you].
0 faq :: Can I [bring|send in|hand in] my own {noun} on {topic}? [Yes, by post or in person.|Only until the end of May.|No, the competition is closed.]
0 company-offer :: [Our guides|Our curators|The rangers] [will be happy to|can|would love to] tell you more about {topic} [on site|after the tour|every Sunday].
0 disclaimer :: This {noun} on {topic} [does not replace|is no substitute for] [a consultation|the advice of a specialist|the official guidelines][.|, and the publisher accepts no liability.]
0 disclaimer :: The figures on {topic} were correct in {month} and [may have changed|are updated once a year by the ministry|are given without guarantee].
0 about-models :: [The chatbot|An AI assistant|The language model|ChatGPT] [wrote|produced|was asked for] {artefact} on {topic}, [which the editor rejected|and the judges noticed at once|as the newspaper later admitted].
0 about-models :: [Teachers|Editors|Examiners] [suspect|found|reported] that [dozens|several|two thirds] of the [essays|articles|reports] on {topic} [had been written with an AI tool|were copied from a chatbot].
0 refusal-research :: [The model|The assistant|The system] [refused|declined] [one in ten|most|very few] [questions|requests] about {topic} [in our test|after the update|in the second round].
0 about-models :: The [training data|corpus] of the model [ends in|stops at] {month} and [contains|includes] [very little|almost nothing|some articles] on {topic}.
0 about-models :: [Researchers|Two startups|Librarians] [are testing|have built] an assistant that answers {lang} speakers' questions about {topic}.
0 refusal-research :: Users [told|wrote to] the [paper|company] that the bot had [apologised|made up sources|changed the subject] when asked about {topic}.
0 news :: [The museum|The city library|A local society] [opened|hosted|announced] an exhibition on {topic} in {month}.
0 news :: [The minister|The mayor|A spokesperson] [declined to|would not] [answer questions about|comment on] [the report on|the row over|spending on] {topic}.
0 encyclopaedic :: [She|He] [wrote|published] {artefact} on {topic} in {year} [and then moved to Vienna|while teaching in Turin|at the age of 71].
0 news :: Funding for [projects|research|courses] on {topic} [fell|rose] by [4|11|23] per cent [last year|between 2015 and 2020|in the second quarter].
0 encyclopaedic :: The {noun} on {topic} took [her|him|them] [two years|a whole summer|eleven days] to [finish|complete].
0 review :: I [bought|borrowed|was given] a book on {topic}, and [the maps are splendid|you can skip the first half|I can't recommend it to beginners].
0 encyclopaedic :: [The first conference|A standing committee|A public inquiry] on {topic} was [held|announced|convened] in {year}.
0 speech :: Let me [say a word|tell you a story|speak briefly] about {topic}, [because my family is affected|since nobody else in this chamber will|and then I'll hand over to the choir].
0 speech :: I [promise|can promise|owe] you [an honest debate|a new committee|a full inquiry] on {topic}.
0 sympathy :: I'm [so|very|really] sorry that your {noun} on {topic} was [turned down|lost in the flood|not accepted]; [you worked so hard on it|we were all rooting for you|my first one was too].
0 thanks :: [I thank|We are grateful to|My thanks go to] [the archive|two farmers|the night staff|my students] for [sharing what they know about|their help with the data on|letting me ask about] {topic}.
0 code-comment :: TODO: move the {noun} [parser|template|fixture] [out of this module|to the shared package], [see the ticket|Tom knows why|it breaks on Windows].
0 editorial :: An earlier version of this {noun} on {topic} [misstated a date|gave the wrong name|misquoted a source]; [we have corrected it|the error has been corrected|we apologise].
"""

TEMPLATES["ko"] = """
topic = 태양광 발전 | 프랑스 혁명 | 토양 침식 | 재택근무 | 산호초 | 신장 질환 | 결혼식 케이크 | 데이터베이스 이전 | 주택 시장 | 유아 교육 | 중세 무역 | 철새 이동 | 비밀번호 보안 | 커피 로스팅 | 대중교통 | 수면 장애 | 공급망 | 그래프 알고리즘 | 여자 축구 | 목공예 | 세제 개편 | 도시 소음 | 학교 급식
obj = 에세이를 | 논문 초록을 | 블로그 글을 | 보도 자료를 | 보고서를 | 요약문을 | 연설문을 | 수업 지도안을 | 소식지를 | 안내문을 | 발표 자료를 | 기사를 | 칼럼을 | 제안서를 | 소개 글을
noun = 에세이 | 논문 초록 | 블로그 글 | 보도 자료 | 보고서 | 요약문 | 연설문 | 수업 지도안 | 소식지 | 안내문 | 발표 자료 | 기사 | 칼럼 | 제안서 | 소개 글
add = 예시를 몇 개 추가해 | 표로 바꿔 | 영어로 번역해 | 100자로 줄여 | 어울리는 제목을 붙여 | 짧은 결론을 더해 | 전문 용어를 풀어 | 말투를 더 부드럽게 고쳐 | 마크다운으로 정리해 | 발표 대본으로 만들어
month = 2021년 9월 | 2023년 4월 | 2022년 1월 | 2023년 10월 | 2024년 6월 | 2020년 말 | 2022년 중반
year = 1874년 | 1903년 | 1926년 | 1958년 | 1971년 | 1987년 | 1999년
edit = 문장 부호를 바로잡았습니다 | 긴 문장을 줄였습니다 | 반복되는 표현을 뺐습니다 | 용어를 통일했습니다 | 어조를 다듬었습니다 | 문장 순서를 바꿨습니다
1 refusal :: [죄송하지만|안타깝게도|유감스럽게도] 저는 [첨부 파일을 열 수|사진을 볼 수|웹사이트를 방문할 수|코드를 실행할 수|영상을 시청할 수] 없어서 보내 주신 {noun} 작업을 [도와드리기 어렵습니다|진행할 수 없습니다|마무리하지 못했습니다].
1 refusal :: {topic}에 관한 {obj} [다른 사람의 이름으로|실제 전문가가 쓴 것처럼|지어낸 인용문을 넣어] [써 드릴 수는 없지만|작성해 드리기는 어렵지만] [개요는 제안해 드릴 수 있어요|구상은 함께 도와드릴게요].
1 refusal :: {topic}에 대한 [통계를|출처를|인터뷰를] 제가 [임의로 만들어 드릴 수는|지어내 드릴 수는] 없습니다.
1 self-identification :: [저는 인공지능이라서|저는 언어 모델이기 때문에|AI인 저는|저는 챗봇이라서] {topic}에 대한 [개인적인 견해가 없습니다|경험이 없습니다|직접적인 체험은 없지만 알려진 내용은 정리해 드릴 수 있어요].
1 self-identification :: 저는 [감정이|몸이|개인적인 기억이] 없지만 {topic}에 대해 사람들이 [어떻게 생각하는지|무엇을 말하는지] [설명해 드릴 수 있습니다|알려 드릴게요].
1 self-identification :: 저는 {topic} 같은 주제를 [이해하시도록|공부하시도록|글로 쓰시도록] [돕기 위해 만들어진|도와드리는] [AI 비서입니다|인공지능 모델입니다|가상 도우미입니다].
1 knowledge-cutoff :: [제 학습 데이터는|제가 학습한 자료는|제 지식은] {month}까지라서 {topic}에 관한 [최신 연구는|최근 소식은|새로운 수치는] [반영되어 있지 않습니다|빠져 있을 수 있습니다].
1 knowledge-cutoff :: 저는 [인터넷을 검색할 수|실시간으로 조회할 수|온라인에 접속할 수] 없어서 {topic}의 [현재 통계를|최신 소식을|최근 논문을] [확인하지 못했습니다|알려 드릴 수 없습니다].
1 knowledge-cutoff :: {topic}에 대한 제 정보는 {month} [기준이므로|이후로 갱신되지 않았으므로] [공식 자료를 꼭 확인해 주세요|달라졌을 수 있습니다].
1 opener :: [물론이죠!|네, 알겠습니다.|좋습니다!|기꺼이 도와드릴게요.] {topic}에 관한 {obj} [작성해 보았습니다|준비했습니다|정리해 드릴게요].
1 opener :: [아래는|다음은] 말씀하신 {topic} {noun} 초안[입니다|이에요][.|:]
1 opener :: {topic}에 대한 [정말 좋은|아주 흥미로운|훌륭한] 질문이[네요!|에요!] [하나씩 살펴볼게요.|간단히 설명해 드릴게요.|제가 정리해 드릴게요.]
1 opener :: 보내 주신 {topic} 관련 {obj} [더 간결하게|더 격식 있게|더 생생하게] [다듬어 보았습니다|바꿔 드릴게요|고쳐 썼습니다].
1 closer :: [원하시면|필요하시면|괜찮으시다면] {add} 드릴 수[도 있어요| 있습니다].
1 closer :: [이어서|이번에는|그러면] {add} 드릴까요?
1 closer :: 이 {noun} 초안이 {topic} [과제를 하시는 데|글을 준비하시는 데|발표를 준비하시는 데] 도움이 되[었기를 바랍니다|면 좋겠습니다][.|!]
1 closer :: {topic}에서 [어느 부분이 궁금하신지|무엇이 더 필요하신지] [알려 주시면|말씀해 주시면] 그에 맞춰 [예시를 더 넣어|설명을 더 자세히 써|내용을 표로 정리해] 드리겠습니다.
1 prompt-echo :: {topic}에 대한 {obj} [친근한 말투로|500자 이내로|전문가처럼|AI가 쓴 티가 나지 않게] [써 줘|작성해 줘|만들어 줘].
1 prompt-echo :: [요청하신 대로|말씀하신 조건에 맞춰|지시하신 대로] {topic} {noun} 내용을 [더 쉽게|더 짧게|더 공식적으로] [고쳤습니다|다시 썼습니다].
1 prompt-echo :: 사용자가 {topic}에 관한 {obj} [원하므로|요청했으므로] [짧게 답해야 한다|정의부터 설명하겠습니다|전문 용어는 피하겠습니다].
1 editor-talk :: 보내 주신 {noun}에서 {edit}.
1 editor-talk :: {obj} [영어로|일본어로|스페인어로|한국어로] 번역하면서 [서식은 그대로 두었습니다|링크는 건드리지 않았습니다|고유 명사는 원문을 살렸습니다].
1 editor-talk :: [번역할|교정할|요약할] {noun} 내용이 [보이지 않으니|비어 있으니|중간에 끊겨 있으니] [다시 보내 주세요.|한 번 더 붙여 넣어 주시겠어요?]
1 continuation :: 제가 쓴 {topic} {noun} 내용은 [초안일 뿐이니|예시에 불과하니] [상황에 맞게 고쳐 쓰세요|본인의 자료로 바꾸세요|제출 전에 꼭 확인하세요].
1 continuation :: {topic}에 대해 [더 자세한 배경을|구체적인 상황을] [알려 주시면|말씀해 주시면] [더 정확한 답변을|맞춤형 조언을] 드릴 수 있습니다.
1 chat-template :: [당신은|너는] {topic}에 대해 [친절하게|간결하게|중립적으로] 답하는 [인공지능 비서다|전문가이다|챗봇이다].
1 chat-template :: {topic}에 관한 사용자의 질문에 [두 문장 이내로|주어진 문맥만 사용해|의견 없이] [답하시오|답변하세요].
0 letter :: {topic} 강연에 못 가서 미안해, [기차가 취소됐어|아기가 아팠어|갑자기 출장이 잡혔어].
0 letter :: 부탁하신 {topic} {noun} 원고는 [총무님께|인쇄소에|김 선생님께] [전해 드렸습니다|맡겨 두었습니다].
0 letter :: 월요일에 {obj} [가져다줄까|출력해 갈까|돌려줄까], 아니면 [금요일도 괜찮아|네가 들를래]?
0 letter :: [독감에 걸려서|지도 교수님이 안 계셔서|노트북을 잃어버려서] {topic}에 관한 {obj} [이번 주에 낼 수 없습니다|제때 끝내지 못했습니다].
0 forum :: 저는 [취미로 하는 사람이라|학생이라|은퇴한 배관공이라] {topic} 쪽은 잘 모릅니다, [아시는 분 계신가요|누가 좀 알려 주세요].
0 forum :: 혹시 {topic}에 대한 {obj} [읽어 보신|써 보신|갖고 계신] 분 있나요?
0 forum :: [좋은 질문이네요|공감합니다|저도 그래요], 저도 [대학 때|작년에|제주로 이사 와서] {topic} 때문에 고생했어요.
0 personal :: [간호사로서|농부로서|버스 기사로서|쌍둥이 엄마로서] {topic}에 대해서는 [특별한 의견이 없다|할 말이 많다|직접 겪어 본 적이 없다].
0 personal :: [마흔이 될 때까지|삼촌을 따라 강연에 가기 전까지|바닷가로 이사하기 전까지] 나는 {topic}에 대해 아무것도 몰랐다.
0 interview :: {topic}에 관한 {obj} 누가 썼는지는 [말씀드릴 수 없습니다, 약속했거든요|말할 수 없어요, 동료들에게 미안하니까요].
0 academic :: [본 장에서는|이 논문에서는|2절에서는] {topic}에 관한 [선행 연구를 검토한다|국내 자료를 정리한다|논의를 비판적으로 살펴본다].
0 academic :: [기록보관소가 닫혀|허가를 받지 못해|자료가 소실되어] {topic}에 관한 [원자료를|지역별 수치를] [확인하지 못하였다|구하지 못하였다].
0 academic :: [심사위원의 요청에 따라|편집자의 제안에 따라|두 심사자의 지적에 따라] {topic} 부분을 [다시 썼습니다|줄였습니다|옮겼습니다].
0 academic :: 조사 자료는 {month}까지이므로 {topic}의 [이후 변화는|최신 수치는] [다루지 못하였다|포함되지 않는다].
0 tutorial :: [이번 시간에는|이 장에서는|이 영상에서는] {topic}의 기초를 [배워 봅시다|살펴보겠습니다|알아볼 거예요].
0 tutorial :: {topic}에 대한 {obj} [공책에 쓰고 짝과 바꿔 읽으시오|써서 학급에서 발표해 봅시다|모둠별로 작성하시오].
0 readme :: 이 [저장소에는|폴더에는] {topic} {noun} 작성에 쓴 [자료가|스크립트가|그림이] 들어 있습니다.
0 ui :: {obj} 저장하려면 [제목을|날짜를|작성자를] [입력해 주세요|선택하세요].
0 documentation :: {noun} 파일이 [비어 있으면|손상되었으면|너무 크면] [오류를 반환합니다|건너뜁니다|경고를 기록합니다].
0 company-offer :: {topic} {noun} 제작이 필요하신가요? [서울 사무소로|대표 번호로] 연락 주시면 [견적을 내 드립니다|담당자가 방문합니다].
0 company-offer :: {topic}에 대해 더 알고 싶으시면 [해설사에게|안내 데스크에|학예사에게] [문의해 주세요|물어보시기 바랍니다].
0 customer-service :: {topic} [강좌가|행사가|체험 교실이] 취소되어 죄송합니다, [참가비는 닷새 안에 환불됩니다|사무국에서 전화드리겠습니다].
0 faq :: {topic}에 관한 {obj} 직접 제출해도 되나요? [네, 우편과 방문 모두 가능합니다.|5월 말까지만 가능합니다.|접수가 마감되었습니다.]
0 disclaimer :: 이 {topic} 자료는 [전문가의 상담을|공식 지침을] 대신하지 않으며 [발행처는 책임을 지지 않습니다|해마다 새로 고쳐 펴냅니다].
0 about-models :: [챗봇이|인공지능이|언어 모델이] 쓴 {topic} {noun}[의 오류를|의 인용문을] [편집자가 발견했다|심사위원이 지적했다|신문사가 뒤늦게 바로잡았다].
0 about-models :: [연구진은|한 스타트업은|도서관은] {topic}에 관한 질문에 답하는 [챗봇을 시험하고 있다|인공지능 서비스를 내놓았다].
0 refusal-research :: 모델은 {topic} 관련 질문의 [10%를|대부분을|일부를] 거절[했다|하였으며 사과를 덧붙였다].
0 news :: [장관은|시장은|대변인은] {topic} [보고서에 대한|논란에 대한|예산에 대한] [언급을 피했다|질문에 답하지 않았다].
0 news :: [시립 도서관은|박물관은|지역 단체는] {month} {topic} 전시회를 [열었다|개최했다].
0 encyclopaedic :: [그는|그녀는] {year} {topic}에 관한 {obj} [발표하였다|출간하였다|남겼다].
0 encyclopaedic :: {topic}에 관한 첫 [학술 대회는|위원회는|공청회는] {year}에 [열렸다|개최되었다].
0 review :: {topic} 책을 [샀는데|빌렸는데|선물받았는데] [지도가 훌륭해요|앞부분은 건너뛰어도 됩니다|초보자에게는 추천하지 못하겠어요].
0 thanks :: {topic}에 대해 [알려 주신|자료를 모아 주신] [농민들께|학생들에게|기록보관소 직원들께] 감사드린다.
0 sympathy :: {topic} {noun} 공모에서 떨어졌다니 [마음이 아프다|속상하겠다], [그렇게 애썼는데|나도 처음엔 그랬어].
"""

TEMPLATES["zh"] = """
t = 太阳能 | 法国大革命 | 水土流失 | 远程办公 | 珊瑚礁 | 中世纪贸易 | 咖啡烘焙
a = 作文 | 新闻稿 | 博客文章 | 演讲稿 | 报告 | 教案 | 书评
1 opener :: [好的！|当然！|没问题，][这是|以下是]我为您写的关于{t}的{a}[：|。]
1 closer :: 要不要我把这篇{t}的{a}[再缩短一些|翻译成英文|改成表格|写得更正式]？
1 self-identification :: [作为人工智能|作为语言模型|我只是个聊天机器人]，我对{t}没有[亲身经历|个人看法]，[但可以为您整理资料|以上内容仅供您参考]。
1 knowledge-cutoff :: 我的[知识|训练数据]截止到[2021年9月|2023年4月|2022年初]，{t}方面的最新情况[可能没有包含|请您另行核实]。
1 prompt-echo :: [请帮我写|给我写|帮我生成]一篇关于{t}的{a}，[五百字左右|不要像机器写的|语气轻松一点]。
1 editor-talk :: 您的{a}我已[润色完毕|翻译成英文|校对好了]，[格式没有改动|只改了几处标点|原意保持不变]。
0 letter :: [谢谢你寄来的|我在火车上读完了你那篇]关于{t}的{a}，[父亲也很喜欢|写得真好]。
0 forum :: 有没有人[看过|写过]关于{t}的{a}，[能借我看看吗|想请教一下]？
0 academic :: 由于[档案馆关闭|资料散佚|样本有限]，我们未能取得{t}的[原始数据|早期记录]。
0 documentation :: 请在[左栏|下一页]填写{a}的[标题|作者|日期]，[然后点击保存|再继续]。
0 about-models :: [聊天机器人|人工智能]写的这篇{t}{a}[被编辑退回|出现了虚构的引文|引起了争议]。
0 encyclopaedic :: 他于[1926|1958|1971|1903]年发表了关于{t}的{a}，[后来移居维也纳|当时在大学任教]。
0 personal :: [作为护士|作为农民|作为公交司机]，我对{t}[没什么研究|一直很感兴趣]，[平时也没空看书|只是听同事说过]。
"""

TEMPLATES["ja"] = """
t = 太陽光発電 | フランス革命 | 土壌浸食 | 在宅勤務 | サンゴ礁 | 中世の交易 | コーヒーの焙煎
a = 作文 | プレスリリース | ブログ記事 | スピーチ原稿 | レポート | 指導案 | 書評
1 opener :: [もちろんです！|承知しました。|はい、]{t}に関する{a}を[作成しました|書いてみました|ご用意しました]。
1 closer :: {t}の{a}を[もう少し短く|英語に|表の形に|より丁寧な文体に]しましょうか？
1 self-identification :: [AIである私には|言語モデルの私には|私はプログラムですので]{t}についての[実体験はありません|個人的な意見はありません]が、[情報の整理はお手伝いできます|ご参考になれば幸いです]。
1 knowledge-cutoff :: 私の[知識|学習データ]は[2021年9月|2023年4月|2022年初頭]までのもので、{t}の[最新情報は含まれていません|近況は分かりかねます]。
1 prompt-echo :: {t}について、[五百字程度で|AIらしくない文体で|親しみやすい口調で]{a}を[書いて|作って]ください。
1 editor-talk :: お預かりした{a}の[表記を統一しました|誤字を直しました|文体を整えました]。[書式は変えていません。|内容はそのままです。]
0 letter :: {t}についての{a}をお送りくださり、[ありがとうございました|父も喜んでおります]。
0 forum :: {t}の{a}を[読んだ|書いた]ことのある方、[感想を聞かせてもらえませんか|いらっしゃいますか]？
0 academic :: [資料が散逸しているため|許可が得られず|標本が限られるため]、{t}に関する[原資料は確認できなかった|地域別の数値は示せない]。
0 documentation :: [左の欄に|次の画面で]{a}の[題名|著者|日付]を[入力してください|選択します]。
0 about-models :: [チャットボット|生成AI]が書いた{t}の{a}が[審査で却下された|議論を呼んでいる|後に撤回された]。
0 encyclopaedic :: 彼は[1926|1958|1971|1903]年に{t}に関する{a}を[発表した|残した]。
0 personal :: [看護師として|農家として|バスの運転手として]、{t}には[特に詳しくない|昔から関心がある]。
"""

TEMPLATES["es"] = """
t = la energía solar | la Revolución francesa | la erosión del suelo | el teletrabajo | los arrecifes de coral | el comercio medieval | el tueste del café
a = un ensayo | un comunicado de prensa | un artículo | un discurso | un informe | un folleto | un poema
1 opener :: [¡Por supuesto! Aquí tienes|Claro, te dejo|¡Con gusto! Te he preparado|Vale, ahí va] {a} sobre {t}[:|, listo para publicar.]
1 closer :: ¿[Quieres que|Prefieres que] [acorte el texto|traduzca al inglés el texto|añada más ejemplos|haga una tabla] sobre {t}?
1 self-identification :: [Como inteligencia artificial|Como modelo de lenguaje|Al ser un programa], no tengo [experiencia propia con|opiniones personales sobre] {t}.
1 knowledge-cutoff :: Mis datos [llegan hasta|terminan en] [septiembre de 2021|abril de 2023|principios de 2022], así que [pueden faltar|no incluyen las] novedades sobre {t}.
1 prompt-echo :: [Escríbeme|Redacta|Genera] {a} sobre {t} [en tono cercano|de unas 300 palabras|sin que parezca escrito por una IA].
1 editor-talk :: He [corregido|revisado|pulido] tu texto sobre {t} [sin cambiar el formato|respetando el sentido original|y unificado los términos].
0 letter :: [Gracias por mandarme|He leído en el tren] {a} sobre {t}, [a mi padre le encantó|qué bien escribes].
0 forum :: ¿Alguien ha [leído|escrito] {a} sobre {t} [que no sea de pago|que entienda mi abuela]?
0 academic :: No [pudimos obtener|logramos consultar] [los datos originales|las cifras regionales] sobre {t} [porque el archivo estaba cerrado|por falta de permiso].
0 documentation :: [Introduzca|Seleccione] [el título|la fecha|el autor] del documento sobre {t} [antes de guardarlo|en la columna izquierda].
0 about-models :: [El chatbot|La inteligencia artificial] escribió {a} sobre {t} [que el editor rechazó|lleno de citas falsas].
0 encyclopaedic :: En [1926|1958|1971|1903] publicó {a} sobre {t} [y se trasladó a Viena|mientras enseñaba en Turín].
0 personal :: [Como enfermera|Como agricultor|Como conductora de autobús], no tengo [gran opinión|mucho que decir] sobre {t}.
"""

TEMPLATES["de"] = """
t = Solarenergie | die Französische Revolution | Bodenerosion | Heimarbeit | Korallenriffe | den mittelalterlichen Handel | das Rösten von Kaffee
a = einen Aufsatz | eine Pressemitteilung | einen Blogartikel | eine Rede | einen Bericht | ein Faltblatt | ein Gedicht
1 opener :: [Natürlich! Ich habe dir|Klar, ich habe für dich|Sehr gern! Ich habe] {a} über {t} [geschrieben|entworfen|vorbereitet].
1 closer :: [Soll ich|Darf ich|Soll ich dir] den Text über {t} [noch kürzen|ins Englische übersetzen|als Tabelle aufbereiten|mit Beispielen anreichern]?
1 self-identification :: [Als KI|Als Sprachmodell|Als digitaler Assistent] kann ich [nichts aus eigener Erfahrung|keine persönliche Meinung|nur Allgemeines] über {t} [äußern|wiedergeben].
1 knowledge-cutoff :: Meine [Trainingsdaten reichen|Informationen reichen] nur bis [September 2021|April 2023|Anfang 2022], Neueres über {t} [fehlt mir daher|solltest du selbst nachschlagen].
1 prompt-echo :: [Schreib mir|Verfasse|Erstelle] {a} über {t} [in lockerem Ton|mit etwa 300 Wörtern|und lass es nicht nach KI klingen].
1 editor-talk :: Ich habe deinen Text über {t} [korrigiert|überarbeitet|geglättet], [die Formatierung blieb gleich|der Sinn blieb erhalten].
0 letter :: [Danke, dass du mir|Schön, dass du uns] {a} über {t} geschickt hast, [mein Vater war begeistert|wir haben beim Lesen gelacht].
0 forum :: Hat jemand schon {a} über {t} [geschrieben|gelesen|gefunden] und [kann davon berichten|weiß noch, wo]?
0 academic :: [Da das Archiv geschlossen war|Mangels Genehmigung], konnten wir die [Originaldaten|Regionalzahlen] über {t} nicht [einsehen|beschaffen].
0 documentation :: Geben Sie [den Titel|das Datum|den Autor] des Dokuments über {t} [in der linken Spalte|vor dem Speichern] ein.
0 about-models :: [Der Chatbot|Die KI] hatte {a} über {t} verfasst, [was der Redaktion auffiel|doch die Zitate waren erfunden].
0 encyclopaedic :: Im Jahr [1926|1958|1971|1903] veröffentlichte [er|sie] {a} über {t} und zog nach [Wien|Turin|Basel].
0 personal :: [Als Krankenpfleger|Als Landwirtin|Als Busfahrer] habe ich [keine feste Meinung über|wenig gelesen über] {t}.
"""

TEMPLATES["fr"] = """
t = l'énergie solaire | la Révolution française | l'érosion des sols | le télétravail | les récifs coralliens | le commerce médiéval | la torréfaction du café
a = un essai | un communiqué de presse | un article | un discours | un rapport | un dépliant | un poème
1 opener :: [Bien sûr ! Voici|Avec plaisir ! Je vous propose|D'accord, j'ai écrit pour vous] {a} sur {t}[ :|, prêt à publier.]
1 closer :: [Voulez-vous|Souhaitez-vous] que je [raccourcisse le texte|traduise en anglais le passage|fasse un tableau|rédige un autre paragraphe] sur {t} ?
1 self-identification :: [En tant qu'intelligence artificielle|Étant un modèle de langage|Comme simple programme], je n'ai pas [d'expérience directe|d'avis personnel] sur {t}.
1 knowledge-cutoff :: Mes données [s'arrêtent en|ne vont que jusqu'en] [septembre 2021|avril 2023|janvier 2022] ; [je peux donc ignorer les|il me manque sans doute les] nouveautés sur {t}.
1 prompt-echo :: [Écris-moi|Rédige|Génère] {a} sur {t} [sur un ton amical|d'environ 300 mots|sans que cela fasse robot].
1 editor-talk :: J'ai [corrigé|relu|retravaillé] votre texte sur {t} [sans toucher à la mise en forme|en respectant le sens|et harmonisé les termes].
0 letter :: [Merci de m'avoir envoyé|J'ai lu dans le train] {a} sur {t}, [mon père a adoré|tu écris si bien].
0 forum :: Quelqu'un a-t-il [lu|écrit|trouvé] {a} sur {t} [qui ne soit pas payant|lisible par un débutant] ?
0 academic :: Nous n'avons pu [obtenir|consulter] [les données d'origine|les chiffres régionaux] sur {t}, [les archives étant fermées|faute d'autorisation].
0 documentation :: [Saisissez|Sélectionnez] [le titre|la date|l'auteur] du document sur {t} [avant de l'enregistrer|dans la colonne de gauche].
0 about-models :: [Le robot conversationnel|L'IA] avait rédigé {a} sur {t} [que l'éditeur a refusé|truffé de fausses citations].
0 encyclopaedic :: En [1926|1958|1971|1903], [il|elle] publia {a} sur {t} [avant de partir pour Vienne|tout en enseignant à Turin].
0 personal :: [Comme infirmière|Comme agriculteur|Comme chauffeur de bus], je n'ai pas [d'avis tranché|grand-chose à dire] sur {t}.
"""

TEMPLATES["pt"] = """
t = energia solar | a Revolução Francesa | erosão do solo | trabalho remoto | recifes de coral | o comércio medieval | a torra do café
a = um ensaio | um comunicado de imprensa | um artigo | um discurso | um relatório | um folheto | um poema
1 opener :: [Claro! Aqui está|Com certeza! Preparei para você|Sem problemas, segue] {a} sobre {t}[:|, pronto para publicar.]
1 closer :: [Quer que eu|Prefere que eu] [encurte o texto|traduza para o inglês o trecho|monte uma tabela|escreva mais um parágrafo] sobre {t}?
1 self-identification :: [Como inteligência artificial|Como modelo de linguagem|Por ser um programa], não tenho [experiência própria|opinião pessoal] sobre {t}.
1 knowledge-cutoff :: Meus dados [vão só até|terminam em] [setembro de 2021|abril de 2023|janeiro de 2022], então [posso desconhecer|não incluem] novidades sobre {t}.
1 prompt-echo :: [Escreva para mim|Faça|Gere] {a} sobre {t} [em tom leve|com umas 300 palavras|sem parecer coisa de IA].
1 editor-talk :: [Corrigi|Revisei|Ajustei] o seu texto sobre {t} [sem mexer na formatação|mantendo o sentido original|e padronizei os termos].
0 letter :: [Obrigada por me mandar|Li no trem] {a} sobre {t}, [meu pai adorou|você escreve tão bem].
0 forum :: Alguém já [leu|escreveu|achou] {a} sobre {t} [que não seja pago|que minha avó entenda]?
0 academic :: Não [conseguimos obter|pudemos consultar] [os dados originais|os números regionais] sobre {t} [porque o arquivo estava fechado|por falta de autorização].
0 documentation :: [Informe|Selecione] [o título|a data|o autor] do documento sobre {t} [antes de salvar|na coluna da esquerda].
0 about-models :: [O chatbot|A IA] escreveu {a} sobre {t} [que o editor recusou|cheio de citações falsas].
0 encyclopaedic :: Em [1926|1958|1971|1903], [ele|ela] publicou {a} sobre {t} [e se mudou para Viena|enquanto lecionava em Turim].
0 personal :: [Como enfermeira|Como agricultor|Como motorista de ônibus], não tenho [opinião formada|muito a dizer] sobre {t}.
"""

TEMPLATES["ru"] = """
t = о солнечной энергетике | о Французской революции | об эрозии почв | об удалённой работе | о коралловых рифах | о средневековой торговле | об обжарке кофе
a = эссе | пресс-релиз | очерк | доклад | отчёт | буклет | рассказ
1 opener :: [Конечно!|Хорошо!|С радостью!] [Вот|Я подготовил для вас] {a} {t}[:|, можно публиковать.]
1 closer :: [Хотите|Желаете], чтобы я [сократил текст|перевёл на английский текст|добавил примеры в текст|составил таблицу к тексту] {t}?
1 self-identification :: [Как искусственный интеллект|Как языковая модель|Будучи программой], я не имею [личного мнения|собственных впечатлений] {t}.
1 knowledge-cutoff :: Мои данные [заканчиваются|обрываются] [сентябрём 2021 года|апрелем 2023 года|началом 2022 года], поэтому свежих сведений {t} [у меня нет|может не хватать].
1 prompt-echo :: [Напиши мне|Составь|Сгенерируй] {a} {t} [в лёгком тоне|примерно на 300 слов|так, чтобы не было похоже на нейросеть].
1 editor-talk :: Я [исправил|отредактировал|сократил] ваш текст {t}, [форматирование не менял|смысл сохранён|термины приведены к единому виду].
0 letter :: [Спасибо, что прислали мне|В поезде прочла ваш текст —] {a} {t}, [отец в восторге|вы прекрасно пишете].
0 forum :: Кто-нибудь [читал|писал|находил] {a} {t}, [а то ссылка в вики мертва|хочу показать бабушке]?
0 academic :: [Архив был закрыт|Разрешение не выдали], и мы не смогли [получить|изучить] [исходные данные|региональные сведения] {t}.
0 documentation :: [Введите|Выберите] [название|дату|автора] документа {t} [перед сохранением|в левом столбце].
0 about-models :: [Чат-бот|Искусственный интеллект] написал {a} {t}, [и редактор его отклонил|но цитаты оказались выдуманными].
0 encyclopaedic :: В [1926|1958|1971|1903] году [он опубликовал|она издала] {a} {t} в [Вене|Турине|Базеле].
0 personal :: [Я медсестра|Я фермер|Я водитель автобуса] и [мало что знаю|редко думаю|почти ничего не читаю] {t}.
"""

TEMPLATES["it"] = """
t = l'energia solare | la Rivoluzione francese | l'erosione del suolo | il lavoro da remoto | le barriere coralline | il commercio medievale | la tostatura del caffè
a = un saggio | un comunicato stampa | un articolo | un discorso | un rapporto | un dépliant | un testo teatrale
1 opener :: [Certo! Ecco qui|Volentieri! Ti propongo|Va bene, ecco] {a} che spiega {t} [in modo semplice|a chi parte da zero][:|.]
1 closer :: [Vuoi che|Preferisci che] [accorci il testo|traduca in inglese la parte|aggiunga un paragrafo|prepari una tabella] che spiega {t}?
1 self-identification :: [In quanto intelligenza artificiale|Come modello linguistico|Essendo un programma], non conosco {t} [per esperienza diretta|se non attraverso i testi].
1 knowledge-cutoff :: I miei dati [arrivano a|si fermano a] [settembre 2021|aprile 2023|inizio 2022]; per {t} [controlla fonti più recenti|potrei non avere le ultime novità].
1 prompt-echo :: [Scrivimi|Componi|Genera] {a} che spieghi {t} [in tono leggero|in circa 300 parole|senza sembrare un'IA].
1 editor-talk :: Nel tuo testo che spiega {t} ho [corretto gli errori|unificato i termini|accorciato le frasi] [senza toccare la formattazione|mantenendo il senso].
0 letter :: [Grazie per avermi mandato|Ho letto in treno] {a} che racconta {t}, [mio padre ne è entusiasta|scrivi proprio bene].
0 forum :: Qualcuno ha [letto|scritto|trovato] {a} che spieghi {t} [senza pagare|anche a mia nonna]?
0 academic :: Per {t} non abbiamo [potuto ottenere|consultato] [i dati originali|le cifre regionali], [essendo chiuso l'archivio|in mancanza di permesso].
0 documentation :: [Inserire|Selezionare] [il titolo|la data|l'autore] del documento [prima di salvarlo|nella colonna di sinistra], ad esempio «{t}».
0 about-models :: [Il chatbot|L'IA] aveva scritto {a} per spiegare {t}, [che l'editore ha rifiutato|pieno di citazioni false].
0 encyclopaedic :: Nel [1926|1958|1971|1903] pubblicò {a} in cui descriveva {t} [e si trasferì a Vienna|mentre insegnava a Torino].
0 personal :: [Come infermiera|Come agricoltore|Come autista di autobus], conosco {t} [solo per sentito dire|dai racconti di mio zio].
"""

TEMPLATES["id"] = """
t = energi surya | Revolusi Prancis | erosi tanah | kerja jarak jauh | terumbu karang | perdagangan abad pertengahan | pemanggangan kopi
a = esai | siaran pers | artikel blog | pidato | laporan | brosur | puisi
1 opener :: [Tentu! Berikut|Baik, ini|Dengan senang hati! Berikut] {a} tentang {t} [untuk Anda|sesuai permintaan Anda][.|:]
1 closer :: Apakah Anda ingin saya [memendekkan|menerjemahkan|menambah contoh pada|membuat tabel dari] {a} tentang {t} ini?
1 self-identification :: [Sebagai AI|Sebagai model bahasa|Karena saya hanya program], saya tidak punya [pengalaman langsung|pendapat pribadi] tentang {t}.
1 knowledge-cutoff :: Data saya [hanya sampai|berhenti pada] [September 2021|April 2023|awal 2022], jadi informasi baru tentang {t} [mungkin belum tercakup|silakan Anda periksa sendiri].
1 prompt-echo :: [Buatkan saya|Tuliskan|Susun] {a} tentang {t} [dengan nada santai|sekitar 300 kata|yang tidak terdengar seperti AI].
1 editor-talk :: Saya sudah [memperbaiki|merapikan|menerjemahkan] {a} Anda tentang {t} [tanpa mengubah formatnya|dengan makna yang tetap].
0 letter :: [Terima kasih sudah mengirim|Sudah kubaca di kereta] {a} tentang {t} itu, [ayah suka sekali|tulisanmu bagus].
0 forum :: Ada yang pernah [baca|tulis|menemukan] {a} tentang {t} [yang gratis|yang bisa dipahami nenek saya]?
0 academic :: Kami tidak [memperoleh|dapat menelusuri] [data asli|angka daerah] tentang {t} [karena arsipnya ditutup|tanpa izin].
0 documentation :: [Masukkan|Pilih] [judul|tanggal|penulis] {a} [sebelum menyimpan|di kolom kiri], misalnya {t}.
0 about-models :: [Chatbot|Kecerdasan buatan] itu menulis {a} tentang {t} [yang ditolak redaktur|dengan kutipan palsu].
0 encyclopaedic :: Pada [1926|1958|1971|1903] ia menerbitkan {a} tentang {t} [lalu pindah ke Wina|sambil mengajar di Turin].
0 personal :: [Sebagai perawat|Sebagai petani|Sebagai sopir bus], saya tidak punya [pendapat khusus|banyak waktu membaca] tentang {t}.
"""

TEMPLATES["tr"] = """
t = güneş enerjisi | Fransız Devrimi | toprak erozyonu | uzaktan çalışma | mercan resifleri | ortaçağ ticareti | kahve kavurma
a = bir deneme | bir basın bülteni | bir blog yazısı | bir konuşma metni | bir rapor | bir broşür | bir şiir
1 opener :: [Tabii, sizin için|Elbette, isteğinize göre|Memnuniyetle! Sizin için] {t} üzerine {a} [hazırladım|yazdım].
1 closer :: [Bu metni|Yazıyı] {t} bölümüyle birlikte [biraz kısaltmamı|İngilizceye çevirmemi|tablo hâline getirmemi|örneklerle zenginleştirmemi] ister [misiniz|miydiniz]?
1 self-identification :: [Bir yapay zekâ olarak|Bir dil modeli olarak|Ben yalnızca bir program olduğum için] {t} hakkında [kişisel görüşüm yok|kendi deneyimim bulunmuyor].
1 knowledge-cutoff :: Bilgilerim [Eylül 2021|Nisan 2023|2022 başı] itibarıyla sınırlı olduğundan {t} konusundaki [yenilikleri bilmiyor olabilirim|son gelişmeleri lütfen ayrıca kontrol edin].
1 prompt-echo :: Bana {t} hakkında [samimi bir dille|üç yüz kelimelik|yapay zekâ yazmış gibi durmayan] {a} [yaz|hazırla].
1 editor-talk :: [Gönderdiğiniz|Paylaştığınız] {t} yazısını [düzelttim|gözden geçirdim|çevirdim], [biçimlendirmeye dokunmadım|anlamı korudum].
0 letter :: [Trende|Dün gece|Hastanede] {t} üzerine yazdığın metni [okudum|babama da okudum], [çok beğendik|eline sağlık].
0 forum :: [Aranızda|Burada] {t} hakkında [ücretsiz|anlaşılır] {a} [okuyan|bilen|bulan] var mı?
0 academic :: [Arşiv kapalı olduğundan|İzin alınamadığından] {t} konusundaki [özgün verilere|bölgesel sayılara] [erişemedik|ulaşılamamıştır].
0 documentation :: [Kaydetmeden önce|Sol sütunda] “{t}” belgesinin [başlığını|tarihini|yazarını] [girin|seçin].
0 about-models :: [Sohbet robotu|Yapay zekâ] {t} hakkında {a} yazmış, [editör bunu geri çevirmişti|alıntılar uydurma çıkmıştı].
0 encyclopaedic :: [1926|1958|1971|1903] yılında {t} üzerine {a} [yayımladı|kaleme aldı] ve [Viyana|Torino]'ya yerleşti.
0 personal :: [Bir hemşire olarak|Bir çiftçi olarak|Otobüs şoförü olarak] {t} hakkında [pek bir şey bilmem|fazla okumadım].
"""

TEMPLATES["vi"] = """
t = năng lượng mặt trời | Cách mạng Pháp | xói mòn đất | làm việc từ xa | rạn san hô | thương mại thời trung cổ | rang cà phê
a = bài luận | thông cáo báo chí | bài blog | bài phát biểu | báo cáo | tờ rơi | bài thơ
1 opener :: [Tất nhiên! Dưới đây là|Được thôi, đây là|Rất sẵn lòng! Đây là] {a} về {t} [dành cho bạn|theo yêu cầu của bạn][.|:]
1 closer :: Bạn có muốn tôi [rút ngắn|dịch sang tiếng Anh|thêm ví dụ cho|lập bảng cho] {a} về {t} này không?
1 self-identification :: [Là một AI|Là mô hình ngôn ngữ|Vì chỉ là một chương trình], tôi không có [trải nghiệm thực tế|ý kiến cá nhân] về {t}.
1 knowledge-cutoff :: Dữ liệu của tôi [chỉ đến|dừng lại ở] [tháng 9 năm 2021|tháng 4 năm 2023|đầu năm 2022] nên thông tin mới về {t} [có thể còn thiếu|bạn nên tự kiểm tra thêm].
1 prompt-echo :: [Viết cho tôi|Hãy soạn|Tạo giúp tôi] một {a} về {t} [với giọng thân thiện|khoảng 300 từ|sao cho không giống AI viết].
1 editor-talk :: Tôi đã [sửa|biên tập|dịch] {a} của bạn về {t} [mà không đổi định dạng|và giữ nguyên ý].
0 letter :: [Cảm ơn cậu đã gửi|Tớ đọc trên tàu] {a} về {t}, [bố tớ thích lắm|cậu viết hay thật].
0 forum :: Có ai từng [đọc|viết|tìm thấy] {a} về {t} [miễn phí|mà bà mình hiểu được] không?
0 academic :: Chúng tôi không [thu thập|tra cứu] được [dữ liệu gốc|số liệu địa phương] về {t} [vì kho lưu trữ đóng cửa|do chưa được cấp phép].
0 documentation :: [Nhập|Chọn] [tiêu đề|ngày|tác giả] của {a} [trước khi lưu|ở cột bên trái], chẳng hạn “{t}”.
0 about-models :: [Chatbot|Trí tuệ nhân tạo] đã viết một {a} về {t} [và bị biên tập viên từ chối|với nhiều trích dẫn bịa đặt].
0 encyclopaedic :: Năm [1926|1958|1971|1903], ông công bố một {a} về {t} [rồi chuyển đến Vienna|khi đang dạy ở Torino].
0 personal :: [Là y tá|Là nông dân|Là tài xế xe buýt], tôi không [có nhiều ý kiến|đọc được gì nhiều] về {t}.
"""

TEMPLATES["ar"] = """
t = الطاقة الشمسية | الثورة الفرنسية | انجراف التربة | العمل عن بعد | الشعاب المرجانية | تجارة العصور الوسطى | تحميص القهوة
a = مقالًا | بيانًا صحفيًا | تقريرًا | خطابًا | منشورًا | ملخصًا | نصًا مسرحيًا
1 opener :: [بالتأكيد!|حسنًا،|بكل سرور!] [كتبت لك|أعددت لك] {a} عن {t}[.|، ويمكنك نشره مباشرة.]
1 closer :: هل [تود|تريد] أن [أختصر النص|أترجم إلى الإنجليزية الفقرة|أضيف أمثلة|أضع جدولًا] عن {t}؟
1 self-identification :: [بصفتي ذكاءً اصطناعيًا|بصفتي نموذجًا لغويًا|لأنني مجرد برنامج]، لا أملك [تجربة مباشرة|رأيًا شخصيًا] عن {t}.
1 knowledge-cutoff :: بياناتي [تتوقف عند|لا تتجاوز] [سبتمبر 2021|أبريل 2023|مطلع 2022]، لذا [قد تفوتني المستجدات|أرجو أن تراجع مصادر أحدث] عن {t}.
1 prompt-echo :: [اكتب لي|ألّف|أنشئ] {a} عن {t} [بأسلوب ودي|في نحو 300 كلمة|بحيث لا يبدو مكتوبًا بالذكاء الاصطناعي].
1 editor-talk :: لقد [صححت|راجعت|نقّحت] نصك عن {t} [دون المساس بالتنسيق|مع الحفاظ على المعنى].
0 letter :: [شكرًا لأنك أرسلت إليّ|قرأت لك في القطار] {a} عن {t}، [وقد أُعجب به والدي|ما أجمل أسلوبك].
0 forum :: هل [قرأ|كتب|وجد] أحدكم {a} عن {t} [يكون مجانيًا|تفهمه جدتي]؟
0 academic :: لم [نحصل على|نطلع على] [البيانات الأصلية|الأرقام الإقليمية] عن {t} [لأن الأرشيف كان مغلقًا|لعدم الحصول على إذن].
0 documentation :: [أدخل|اختر] [عنوان|تاريخ|مؤلف] المستند عن {t} [قبل حفظه|في العمود الأيسر].
0 about-models :: كتب [روبوت المحادثة|الذكاء الاصطناعي] {a} عن {t} [ورفضه المحرر|وكانت اقتباساته مختلقة].
0 encyclopaedic :: نشر عام [1926|1958|1971|1903] {a} عن {t} [ثم انتقل إلى فيينا|وكان يدرّس في تورينو].
0 personal :: [بصفتي ممرضة|بصفتي مزارعًا|بصفتي سائق حافلة]، لا أعرف [الكثير|شيئًا يُذكر] عن {t}.
"""


class Row(TypedDict):
    """One line of a data file."""

    text: str
    label: int
    language: str
    category: str


@dataclass(frozen=True)
class Template:
    """A sentence pattern: a sequence of parts, each a choice between wordings."""

    label: int
    category: str
    source: str
    parts: tuple[tuple[str, ...], ...]

    def pattern(self) -> re.Pattern[str]:
        """Return an expression that matches every sentence of this template."""
        groups = ("|".join(map(re.escape, options)) for options in self.parts)
        return re.compile("".join(f"(?:{group})" for group in groups))

    def sentences(self, rng: random.Random, attempts: int = 400) -> Iterator[str]:
        """Yield distinct sentences, using up the wordings of every part evenly."""
        bags = [draw(rng, options) for options in self.parts]
        seen: set[str] = set()
        for _ in range(attempts):
            sentence = "".join(map(next, bags))
            if sentence not in seen:
                seen.add(sentence)
                yield sentence


def draw(rng: random.Random, options: tuple[str, ...]) -> Iterator[str]:
    """Yield the options in random order, again and again, each once a round."""
    while True:
        yield from rng.sample(options, len(options))


def parse(text: str, slots: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Split the text of a template into its parts."""
    parts: list[tuple[str, ...]] = []
    for piece in re.findall(r"\[[^\]]*\]|\{\w+\}|[^\[{]+", text):
        if piece.startswith("["):
            parts.append(tuple(piece[1:-1].split("|")))
        elif piece.startswith("{"):
            parts.append(slots[piece[1:-1]])
        else:
            parts.append((piece,))
    return tuple(parts)


def load_templates(language: str) -> list[Template]:
    """Read the slots and templates of a language."""
    slots: dict[str, tuple[str, ...]] = {}
    templates: list[Template] = []
    for line in TEMPLATES[language].strip().splitlines():
        head, separator, text = line.partition(" :: ")
        if separator:
            label, category = head.split()
            templates.append(Template(int(label), category, text, parse(text, slots)))
        else:
            name, _, entries = line.partition(" = ")
            slots[name] = tuple(entry.strip() for entry in entries.split(" | "))
    return templates


def generate(language: str, templates: list[Template], seed: int) -> list[Row]:
    """Build the generated rows of a language, the same number from each template as far as possible."""
    rows: list[Row] = []
    for label, wanted in enumerate(TARGETS[language]):
        chosen = [template for template in templates if template.label == label]
        share, rest = divmod(wanted, len(chosen))
        for index, template in enumerate(chosen):
            sentences = template.sentences(random.Random(f"{seed}:{language}:{template.source}"))
            rows += [
                Row(text=text, label=label, language=language, category=template.category)
                for text in islice(sentences, share + (index < rest))
            ]
    return rows


def update(path: Path, languages: tuple[str, ...], seed: int) -> None:
    """Replace the generated rows of a data file."""
    written: list[Row] = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    result: list[Row] = []
    for language in languages:
        templates = load_templates(language)
        patterns = [template.pattern() for template in templates]
        kept = [
            row
            for row in written
            if row["language"] == language and not any(p.fullmatch(row["text"]) for p in patterns)
        ]
        generated = generate(language, templates, seed)
        print(f"{path.name} {language}: {len(kept)} written, {len(generated)} generated")
        result += kept + generated
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in result)
    path.write_text("".join(lines), "utf-8")


def main() -> None:
    """Parse the command line and update both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "data")
    arguments = parser.parse_args()
    for name, languages in FILES.items():
        update(arguments.data / name, languages, arguments.seed)


if __name__ == "__main__":
    main()
